package io.riffhook.simulator.http;

import java.time.Instant;
import java.util.Map;

/**
 * A request that a simulated provider received. The authorization header is left out: a journal is
 * no place for tokens.
 *
 * @param method {@code GET}, {@code POST} and so on
 * @param path the path, without a slash at its end
 * @param query the decoded query parameters
 * @param range which part of a file was asked for, by its header; empty where all of it was
 * @param body the body read as UTF-8, at most its first 64 KiB
 * @param time when it came
 * @param status the status it was answered with, or 0 when the connection was dropped
 */
public record RecordedRequest(
    String method,
    String path,
    Map<String, String> query,
    String range,
    String body,
    Instant time,
    int status) {}
