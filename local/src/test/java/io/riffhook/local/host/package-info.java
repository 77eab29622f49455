@NullMarked
package io.riffhook.local.host;

import org.jspecify.annotations.NullMarked;
