package io.riffhook.domain;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
    return all.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /**
   * The provider of a job that exists.
   *
   * @throws UnknownProviderException where it is configured no more
   */
  public Provider of(Job job) {
    return find(job.provider()).orElseThrow(() -> new UnknownProviderException(job.provider()));
  }

  /**
   * Every provider that can take a request: the one it names, else all that can do it. The maker of
   * the song it starts from comes first, for it has the song; the others in their order. A provider
   * with a fault in its settings comes last: what it can do is not known, so it takes any request,
   * and the job waits there until the setting is put right.
   *
   * @param maker the provider that made the song that the request starts from
   */
  public Choice choose(JobRequest request, Optional<String> maker) {
    Optional<String> named = request.provider();
    if (named.isPresent() && find(named.get()).isEmpty()) {
      return new Choice.NoneCan(
          List.of(new FieldError("/provider", "is not configured; there is " + names(all))));
    }
    if (all.isEmpty()) {
      return new Choice.NoneCan(
          List.of(new FieldError("", "no provider is configured; set RIFFHOOK_PROVIDERS")));
    }
    List<Provider> candidates = named.map(name -> List.of(find(name).orElseThrow())).orElse(all);
    List<Provider> able =
        candidates.stream()
            .filter(each -> rules(request, maker).stream().allMatch(rule -> rule.keeps(each)))
            .sorted(Comparator.comparing(each -> !isMaker(each, maker)))
            .toList();
    if (able.isEmpty()) {
      able = candidates.stream().filter(each -> each.fault().isPresent()).toList();
    }
    return able.isEmpty()
        ? new Choice.NoneCan(errors(candidates, rules(request, maker)))
        : new Choice.Able(able);
  }

  private static boolean isMaker(Provider provider, Optional<String> maker) {
    return maker.filter(provider.name()::equals).isPresent();
  }

  /**
   * Something that a request asks of a provider, and how to say that a provider cannot.
   *
   * @param lacking whether it is the request that lacks something, and not the provider
   */
  private record Rule(String pointer, Predicate<Capabilities> kept, Words words, boolean lacking) {
    /** That takes what the request has. */
    private Rule(String pointer, Predicate<Capabilities> kept, Words words) {
      this(pointer, kept, words, false);
    }

    private boolean keeps(Provider provider) {
      return kept.test(provider.capabilities());
    }
  }

  /** What a provider lacks, in words. */
  private interface Words {
    String of(Capabilities provider);
  }

  private static List<Rule> rules(JobRequest request, Optional<String> maker) {
    Operation operation = request.operation();
    Operation.Kind kind = operation.kind();
    List<Rule> rules = new ArrayList<>();
    rules.add(
        new Rule(
            "/operation",
            can -> can.can(kind).isPresent(),
            can -> can.provider() + " cannot do " + kind.value()));
    for (Operation.Use use : operation.uses()) {
      rules.add(uses(kind, use));
    }
    for (Option option : Option.values()) {
      if (operation.uses().stream().noneMatch(use -> use.option() == option)) {
        rules.add(
            new Rule(
                option.pointer(),
                can -> can.can(kind).filter(how -> how.required().contains(option)).isEmpty(),
                can -> can.provider() + " needs it for " + kind.value(),
                true));
      }
    }
    operation.source().ifPresent(source -> rules.add(startsFrom(kind, source, maker)));
    for (Format format : request.formats()) {
      rules.add(
          new Rule(
              "/formats",
              can -> can.formats().contains(format),
              can -> can.provider() + " does not give " + format.value()));
    }
    request
        .model()
        .ifPresent(
            model ->
                rules.add(
                    new Rule(
                        "/model",
                        can -> can.models().contains(model),
                        can ->
                            can.models().isEmpty()
                                ? can.provider() + " has no models to choose from"
                                : can.provider()
                                    + " has only "
                                    + String.join(", ", can.models()))));
    return rules;
  }

  private static Rule uses(Operation.Kind kind, Operation.Use use) {
    return new Rule(
        use.pointer(),
        can ->
            can.can(kind)
                .flatMap(how -> Optional.ofNullable(how.options().get(use.option())))
                .filter(range -> range.holds(use.measure()))
                .isPresent(),
        can ->
            can.can(kind)
                .flatMap(how -> Optional.ofNullable(how.options().get(use.option())))
                .map(range -> can.provider() + " takes " + words(use.option(), range))
                .orElse(can.provider() + " does not take it for " + kind.value()));
  }

  private static String words(Option option, Capabilities.Range range) {
    String ends = number(range.min()) + " to " + number(range.max());
    return switch (option.measure()) {
      case CHARACTERS -> "at most " + number(range.max()) + " characters";
      case ITEMS -> range.max() == 1 ? "one item" : ends + " items";
      case SECONDS -> ends + " seconds";
      case FLAG, NUMBER -> ends;
    };
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static Rule startsFrom(Operation.Kind kind, Source source, Optional<String> maker) {
    return new Rule(
        "/source",
        can ->
            can.can(kind)
                .filter(
                    how ->
                        switch (how.sources()) {
                          case NONE -> false;
                          case OWN_SONGS ->
                              source instanceof Source.OfSong
                                  && maker.filter(can.provider()::equals).isPresent();
                          case FILES, ANY -> true;
                        })
                .isPresent(),
        can ->
            can.provider()
                + (can.can(kind).map(Capabilities.Can::sources).orElse(Capabilities.Sources.NONE)
                        == Capabilities.Sources.OWN_SONGS
                    ? " can start only from songs that it made itself"
                    : " cannot start " + kind.value() + " from audio"));
  }

  /**
   * What is wrong for the candidates that come closest: those that can do the operation, if any
   * can.
   */
  private List<FieldError> errors(List<Provider> candidates, List<Rule> rules) {
    Rule operation = rules.getFirst();
    if (candidates.stream().noneMatch(operation::keeps)) {
      return candidates.stream()
          .limit(1)
          .map(
              each ->
                  new FieldError(
                      operation.pointer(),
                      (candidates.size() == 1
                              ? operation.words().of(each.capabilities()) + "; "
                              : "")
                          + who(operation)))
          .toList();
    }
    List<FieldError> errors = new ArrayList<>();
    for (Provider candidate : candidates) {
      if (operation.keeps(candidate)) {
        rules.stream()
            .filter(rule -> !rule.keeps(candidate))
            .map(rule -> new FieldError(rule.pointer(), complaint(candidate, operation, rule)))
            .filter(error -> !errors.contains(error))
            .forEach(errors::add);
      }
    }
    return errors;
  }

  /** What a candidate lacks, and who does not. */
  private String complaint(Provider candidate, Rule operation, Rule rule) {
    String words = rule.words().of(candidate.capabilities());
    if (!rule.lacking()) {
      return words + "; " + who(both(operation, rule));
    }
    List<Provider> without = all.stream().filter(both(operation, rule)::keeps).toList();
    return without.isEmpty() ? words : words + "; not needed by " + names(without);
  }

  private static Rule both(Rule one, Rule other) {
    return new Rule(other.pointer(), one.kept().and(other.kept()), other.words(), other.lacking());
  }

  private String who(Rule rule) {
    List<Provider> able = all.stream().filter(rule::keeps).toList();
    return able.isEmpty() ? "no configured provider can" : "configured and able: " + names(able);
  }

  private static String names(List<Provider> providers) {
    return providers.stream().map(Provider::name).collect(joining(", "));
  }

  /** Who can take a request. */
  public sealed interface Choice {
    /** These, most preferred first; at least one. */
    record Able(List<Provider> providers) implements Choice {
      public Able {
        providers = List.copyOf(providers);
      }

      /** The first that is not to be avoided; where all are, the first. */
      public Provider best(Set<String> avoid) {
        return providers.stream()
            .filter(each -> !avoid.contains(each.name()))
            .findFirst()
            .orElse(providers.getFirst());
      }
    }

    /** Nobody; what is wrong with the request. */
    record NoneCan(List<FieldError> errors) implements Choice {
      public NoneCan {
        errors = List.copyOf(errors);
      }
    }
  }

  /** A job names a provider that is configured no more. */
  public static final class UnknownProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownProviderException(String provider) {
      super("the provider " + provider + " is not configured; add it to RIFFHOOK_PROVIDERS");
    }
  }
}
