package io.riffhook.local.template;

import java.time.Duration;

/**
 * A Lambda authorizer of an HTTP API, of payload format 2.0 with simple responses.
 *
 * @param function the function that decides, by its name in the template
 * @param header the header that identifies the caller, in lower case
 * @param remembered how long a decision holds for the same value of the header
 */
public record Authorizer(String function, String header, Duration remembered) {}
