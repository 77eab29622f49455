package io.riffhook.domain;

/**
 * The submission of one line of a batch.
 *
 * @param json the body of the submission, a JSON object
 */
public record BatchOrder(BatchLine line, Owner owner, String json) {}
