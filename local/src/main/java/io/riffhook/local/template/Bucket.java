package io.riffhook.local.template;

/** A bucket, by its name in the template. */
public record Bucket(String name) {}
