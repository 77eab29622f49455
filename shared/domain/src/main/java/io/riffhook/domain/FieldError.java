package io.riffhook.domain;

/**
 * What is wrong with one field of a request.
 *
 * @param pointer which field, as a JSON pointer (RFC 6901)
 * @param detail which rule it breaks, and what would keep it
 */
public record FieldError(String pointer, String detail) {}
