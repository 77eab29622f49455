@NullMarked
package io.riffhook.local.data;

import org.jspecify.annotations.NullMarked;
