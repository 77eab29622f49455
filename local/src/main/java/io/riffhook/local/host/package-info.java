/**
 * Runs the real handler classes as API Gateway and Lambda would: HTTP routes, queue pollers,
 * invocations.
 */
@NullMarked
package io.riffhook.local.host;

import org.jspecify.annotations.NullMarked;
