package io.riffhook.domain;

/**
 * What lies in S3 under an asset's key, as read from the bytes themselves.
 *
 * @param contentType the media type that the bytes show
 * @param bytes how many there are
 * @param sha256 their SHA-256 in lower-case hexadecimal
 */
public record StoredFile(String contentType, long bytes, String sha256) {}
