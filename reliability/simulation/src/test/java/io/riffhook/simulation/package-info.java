@NullMarked
package io.riffhook.simulation;

import org.jspecify.annotations.NullMarked;
