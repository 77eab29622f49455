@NullMarked
package io.riffhook.json;

import org.jspecify.annotations.NullMarked;
