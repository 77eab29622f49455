package io.riffhook.processes;

import java.time.Instant;

/**
 * An invocation that was lost with its process.
 *
 * @param function the function's name in the template
 * @param start when the process got it
 * @param end when the process was gone
 * @param event what it was about
 */
record LostRun(String function, Instant start, Instant end, String event) {

  /** Whether it was about something, by a text in its event. */
  boolean isAbout(String text) {
    return event.contains(text);
  }
}
