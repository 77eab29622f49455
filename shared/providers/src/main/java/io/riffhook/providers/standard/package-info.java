/**
 * Any API that makes a job by one JSON call and shows it by another, such as Replicate's
 * predictions: where its fields stand is a setting. Its callbacks are signed by Standard Webhooks.
 */
@NullMarked
package io.riffhook.providers.standard;

import org.jspecify.annotations.NullMarked;
