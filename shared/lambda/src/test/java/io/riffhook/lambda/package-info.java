@NullMarked
package io.riffhook.lambda;

import org.jspecify.annotations.NullMarked;
