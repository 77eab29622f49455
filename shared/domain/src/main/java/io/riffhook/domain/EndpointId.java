package io.riffhook.domain;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an endpoint: one of ours, or {@link #DEFAULT}, or the place of a single job's webhook.
 *
 * @param value {@code ep_…}, {@code default}, or {@code job:} and a job's id
 */
public record EndpointId(String value) {
  private static final int LENGTH = 16;
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String JOB = "job:";
  private static final Pattern FORM =
      Pattern.compile("ep_[A-Za-z0-9-]{1,64}|default|job:[A-Za-z0-9_-]{1,64}");

  /** Holds the secret that single jobs' webhooks are signed with. It has no URL. */
  public static final EndpointId DEFAULT = new EndpointId("default");

  public EndpointId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an endpoint's id");
    }
  }

  /** A new one. Short, for the ids of notifications hold it, and those of others in turn. */
  public static EndpointId generate(SecureRandom random) {
    StringBuilder id = new StringBuilder("ep_");
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new EndpointId(id.toString());
  }

  /** Whether a text can be an endpoint's id. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  /** The place of a single job's webhook. */
  public static EndpointId ofJob(JobId job) {
    return new EndpointId(JOB + job);
  }

  /** The job whose webhook it is, where it is one's. */
  public Optional<JobId> job() {
    return value.startsWith(JOB)
        ? Optional.of(new JobId(value.substring(JOB.length())))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
