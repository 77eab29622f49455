@NullMarked
package io.riffhook.local.aws;

import org.jspecify.annotations.NullMarked;
