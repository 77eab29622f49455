@NullMarked
package io.riffhook.authorizer;

import org.jspecify.annotations.NullMarked;
