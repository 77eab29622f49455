@NullMarked
package io.riffhook.simulator;

import org.jspecify.annotations.NullMarked;
