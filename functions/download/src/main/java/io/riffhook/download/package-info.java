@NullMarked
package io.riffhook.download;

import org.jspecify.annotations.NullMarked;
