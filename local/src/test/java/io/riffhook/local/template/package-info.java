@NullMarked
package io.riffhook.local.template;

import org.jspecify.annotations.NullMarked;
