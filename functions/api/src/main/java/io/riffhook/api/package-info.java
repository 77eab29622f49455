@NullMarked
package io.riffhook.api;

import org.jspecify.annotations.NullMarked;
