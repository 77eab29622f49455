@NullMarked
package io.riffhook.batch;

import org.jspecify.annotations.NullMarked;
