/** From a provider to S3: how fast, and with how much processor and memory. */
@NullMarked
package io.riffhook.bench.stream;

import org.jspecify.annotations.NullMarked;
