package io.riffhook.domain;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configured providers, in the order in which they are preferred. */
public final class Providers {
  private final List<Provider> all;

  public Providers(List<Provider> all) {
    this.all = List.copyOf(all);
  }

  /** All of them, most preferred first. */
  public List<Provider> all() {
    return all;
  }

  /** The provider with this name. */
  public Optional<Provider> find(String name) {
    return all.stream().filter(each -> each.capabilities().provider().equals(name)).findFirst();
  }

  /**
   * The provider of a job that exists.
   *
   * @throws UnknownProviderException where it is configured no more
   */
  public Provider of(Job job) {
    return find(job.provider()).orElseThrow(() -> new UnknownProviderException(job.provider()));
  }

  /** The provider that takes a request: the one it names, else the first that can do it. */
  public Choice choose(JobRequest request) {
    Optional<String> named = request.provider();
    if (named.isPresent() && find(named.get()).isEmpty()) {
      return new Choice.NoneCan(
          List.of(new FieldError("/provider", "is not configured; there is " + names(all))));
    }
    List<Provider> candidates = named.map(name -> List.of(find(name).orElseThrow())).orElse(all);
    List<FieldError> errors = new ArrayList<>();
    for (Provider candidate : candidates) {
      List<FieldError> cannot = cannot(candidate.capabilities(), request);
      if (cannot.isEmpty()) {
        return new Choice.Chosen(candidate);
      }
      errors.addAll(cannot);
    }
    return new Choice.NoneCan(
        errors.isEmpty()
            ? List.of(new FieldError("", "no provider is configured; set RIFFHOOK_PROVIDERS"))
            : errors);
  }

  private List<FieldError> cannot(Capabilities can, JobRequest request) {
    List<FieldError> errors = new ArrayList<>();
    Operation.Kind kind = request.operation().kind();
    if (!can.operations().contains(kind)) {
      errors.add(
          new FieldError(
              "/operation", can.provider() + " cannot do " + kind.value() + "; " + whoCan(kind)));
    }
    for (Format format : request.formats()) {
      if (!can.formats().contains(format)) {
        errors.add(new FieldError("/formats", can.provider() + " does not give " + format.value()));
      }
    }
    if (request.model().isPresent() && !can.models().contains(request.model().get())) {
      errors.add(
          new FieldError(
              "/model", can.provider() + " has only " + String.join(", ", can.models())));
    }
    return errors;
  }

  /** Which configured providers can do an operation, in words. */
  public String whoCan(Operation.Kind kind) {
    List<Provider> able =
        all.stream().filter(each -> each.capabilities().operations().contains(kind)).toList();
    return able.isEmpty() ? "no configured provider can" : "configured and able: " + names(able);
  }

  private static String names(List<Provider> providers) {
    return providers.stream().map(each -> each.capabilities().provider()).collect(joining(", "));
  }

  /** Who takes a request. */
  public sealed interface Choice {
    /** This one. */
    record Chosen(Provider provider) implements Choice {}

    /** Nobody; what each lacks. */
    record NoneCan(List<FieldError> errors) implements Choice {}
  }

  /** A job names a provider that is configured no more. */
  public static final class UnknownProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownProviderException(String provider) {
      super("the provider " + provider + " is not configured; add it to RIFFHOOK_PROVIDERS");
    }
  }
}
