package io.riffhook.simulator.settings;

/** How a webhook is signed. */
public enum SignatureScheme {
  /** Time and body, in the headers {@code X-Webhook-Timestamp} and {@code X-Webhook-Signature}. */
  TIMESTAMPED,
  /** The body alone, in the header {@code X-Signature}: the older way. */
  BODY_ONLY,
  /** Not at all. */
  NONE
}
