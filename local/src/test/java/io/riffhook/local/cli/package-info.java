@NullMarked
package io.riffhook.local.cli;

import org.jspecify.annotations.NullMarked;
