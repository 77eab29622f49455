package io.riffhook.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller submitted. Two submissions with one id are the same when these are equal.
 *
 * @param provider the provider that the caller named
 * @param model the provider's model that the caller named
 * @param formats what to store; empty stands for the provider's audio formats
 * @param reference the caller's own name for the job, given back as it was
 * @param webhook where the caller wants to be told of this job, beside its owner's endpoints
 * @param batch the line of a batch that it is
 */
public record JobRequest(
    Operation operation,
    Optional<String> provider,
    Optional<String> model,
    Set<Format> formats,
    Optional<String> reference,
    Optional<Webhook> webhook,
    Optional<BatchLine> batch) {
  public JobRequest {
    EnumSet<Format> ordered = EnumSet.noneOf(Format.class);
    ordered.addAll(formats);
    formats = Collections.unmodifiableSet(ordered);
  }

  /** The same as a line of a batch. */
  public JobRequest in(BatchLine line) {
    return new JobRequest(
        operation, provider, model, formats, reference, webhook, Optional.of(line));
  }

  /** What is to be stored of a song that a provider makes. */
  public Set<Format> formatsOf(Capabilities provider) {
    return formats.isEmpty() ? provider.audioFormats() : formats;
  }
}
