@NullMarked
package io.riffhook.simulator.audio;

import org.jspecify.annotations.NullMarked;
