/** Proves each function's IAM policies by the AWS calls that the integration tests make. */
@NullMarked
package io.riffhook.local.policies;

import org.jspecify.annotations.NullMarked;
