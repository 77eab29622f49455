package io.riffhook.local.template;

/**
 * That a function consumes a queue, given by its name in the template.
 *
 * @param reportsItemFailures whether the function's answer says which messages failed
 */
public record QueueSource(
    String queue, int batchSize, int maximumConcurrency, boolean reportsItemFailures) {}
