package io.riffhook.domain;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Where providers reach us. */
public final class CallbackUrls {
  private final Optional<URI> publicUrl;
  private final Supplier<CallbackTokens> tokens;

  /**
   * URLs below a public one; without it nobody can call back.
   *
   * @param tokens read at the first use, for the secrets may have to be fetched
   */
  public CallbackUrls(Optional<URI> publicUrl, Supplier<CallbackTokens> tokens) {
    this.publicUrl = publicUrl;
    this.tokens = tokens;
  }

  /** Whether a provider can call back at all. */
  public boolean reachable() {
    return publicUrl.isPresent();
  }

  /** The callback URL of a job's current attempt, where it has one. */
  public Optional<URI> of(Job job) {
    return publicUrl
        .filter(_ -> job.callbacks())
        .map(
            base ->
                URI.create(
                    base.toString().replaceAll("/+$", "")
                        + "/callbacks/"
                        + job.provider()
                        + "/"
                        + job.id()
                        + "/"
                        + tokens.get().token(job.provider(), job.id(), job.attempt())));
  }
}
