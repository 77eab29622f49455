@NullMarked
package io.riffhook.bench;

import org.jspecify.annotations.NullMarked;
