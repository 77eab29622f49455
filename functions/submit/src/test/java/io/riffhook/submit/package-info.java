@NullMarked
package io.riffhook.submit;

import org.jspecify.annotations.NullMarked;
