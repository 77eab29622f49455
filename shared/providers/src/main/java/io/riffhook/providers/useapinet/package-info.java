/**
 * What the services of useapi.net have in common: the list of accounts behind a token, the list of
 * running jobs, and the bodies of errors. Each service has its own wire format beside that.
 */
@NullMarked
package io.riffhook.providers.useapinet;

import org.jspecify.annotations.NullMarked;
