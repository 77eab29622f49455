package io.riffhook.local.aws;

import java.time.Duration;

/** A queue that is there. */
public record ProvisionedQueue(String name, String url, String arn, Duration visibilityTimeout) {}
