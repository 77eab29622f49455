/** Songs in the making: their time, their end, who is told of it, and where they are found. */
@NullMarked
package io.riffhook.simulator.work;

import org.jspecify.annotations.NullMarked;
