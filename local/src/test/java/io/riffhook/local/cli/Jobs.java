package io.riffhook.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Jobs as the API would show them. */
final class Jobs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Jobs() {}

  /** A job of useapi, with more fields after its status: {@code , 'progress': 40}. */
  static JobView job(String status, String more) {
    try {
      return JobView.of(
          JSON.readTree(
              "{'id': 'j-1', 'provider': 'useapi', 'status': '%s' %s}"
                  .formatted(status, more)
                  .replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A song's files, so many of them stored. */
  static String songs(int stored, int pending) {
    return ", 'songs': [{'id': 'j-1-1', 'title': 'Paper Boats', 'assets': ["
        + "{'name': 'a', 'status': 'stored'},".repeat(stored)
        + "{'name': 'b', 'status': 'pending'},".repeat(pending).replaceAll(",$", "")
        + "]}]";
  }
}
