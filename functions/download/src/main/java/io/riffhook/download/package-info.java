/** Collects finished songs and brings their assets into S3. */
@NullMarked
package io.riffhook.download;

import org.jspecify.annotations.NullMarked;
