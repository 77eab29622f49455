/**
 * What the handlers share: HTTP events and problem+json, SQS batches, the JSON of the outside
 * interface, logging and metrics.
 */
@NullMarked
package io.riffhook.lambda;

import org.jspecify.annotations.NullMarked;
