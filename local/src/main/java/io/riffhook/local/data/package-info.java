/** The folder that keeps the data of one machine. */
@NullMarked
package io.riffhook.local.data;

import org.jspecify.annotations.NullMarked;
