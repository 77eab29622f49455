package io.riffhook.domain;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses who takes a job: of those that can do it, the most preferred whose last answers do not
 * say that it takes none. A job moves to another provider only where its caller named none, and
 * only while nothing can have been bought.
 */
public final class ChooseProvider {
  private static final Logger LOG = LoggerFactory.getLogger(ChooseProvider.class);

  private final Providers providers;
  private final Sources sources;
  private final HealthStore health;
  private final InstantSource clock;

  public ChooseProvider(
      Providers providers, Sources sources, HealthStore health, InstantSource clock) {
    this.providers = providers;
    this.sources = sources;
    this.health = health;
    this.clock = clock;
  }

  /** Who takes a request. */
  public sealed interface Chosen {
    /** This one. */
    record One(Provider provider) implements Chosen {}

    /** Nobody; what is wrong with the request. */
    record Nobody(List<FieldError> errors) implements Chosen {
      public Nobody {
        errors = List.copyOf(errors);
      }
    }
  }

  /** Who takes an owner's new request. */
  public Chosen choose(Owner owner, JobRequest request) {
    Sources.Checked source = sources.check(owner, request.operation());
    if (!source.errors().isEmpty()) {
      return new Chosen.Nobody(source.errors());
    }
    return switch (providers.choose(request, source.maker())) {
      case Providers.Choice.NoneCan none -> new Chosen.Nobody(none.errors());
      case Providers.Choice.Able able -> new Chosen.One(able.best(inTrouble(able.providers())));
    };
  }

  /** A provider that a queued job should rather go to than to its own. */
  public Optional<Provider> instead(Job job) {
    if (job.request().provider().isPresent()
        || job.unknowns() > 0
        || !job.providerJobs().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> maker = sources.check(job.owner(), job.request().operation()).maker();
    if (!(providers.choose(job.request(), maker) instanceof Providers.Choice.Able able)) {
      return Optional.empty();
    }
    Set<String> avoid = inTrouble(able.providers());
    return avoid.contains(job.provider()) || providers.find(job.provider()).isEmpty()
        ? able.providers().stream()
            .filter(each -> !avoid.contains(each.capabilities().provider()))
            .findFirst()
        : Optional.empty();
  }

  private Set<String> inTrouble(List<Provider> able) {
    return able.size() == 1
        ? Set.of()
        : health.inTrouble(
            able.stream().map(each -> each.capabilities().provider()).toList(), clock.instant());
  }

  /**
   * Writes that a provider accepts no jobs for a while, and which accounts are the cause. This only
   * guides the choice for later jobs, so a failed write does not stop the job at hand.
   */
  public void report(String provider, Reason reason, List<String> accounts, Duration life) {
    var now = clock.instant();
    try {
      health.report(new Trouble(provider, Optional.empty(), reason, now, now.plus(life)));
      for (String account : accounts) {
        health.report(new Trouble(provider, Optional.of(account), reason, now, now.plus(life)));
      }
    } catch (RuntimeException e) {
      LOG.warn("the outage of {} was not written", provider, e);
    }
  }
}
