@NullMarked
package io.riffhook.aws;

import org.jspecify.annotations.NullMarked;
