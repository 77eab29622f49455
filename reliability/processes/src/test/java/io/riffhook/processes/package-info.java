@NullMarked
package io.riffhook.processes;

import org.jspecify.annotations.NullMarked;
