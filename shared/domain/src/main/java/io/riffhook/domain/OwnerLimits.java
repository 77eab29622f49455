package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps each owner within its {@link Limits}: how many jobs it has running, and how many it begins
 * in a day. A job runs from its admission to its end, whatever happens in between.
 */
public final class OwnerLimits {
  /**
   * How long after its admission a job is surely written, if it ever is: a submission that takes
   * longer is cut off.
   */
  static final Duration GRACE = Duration.ofMinutes(2);

  /** When to try again where too many jobs run: about how long one takes. */
  private static final Duration UNTIL_ONE_ENDS = Duration.ofSeconds(30);

  /**
   * How many jobs of one owner are read in a second, at most, to see whether some have ended. It
   * bounds what an owner who keeps calling at its limit can make the deployer pay.
   */
  private static final int READS_PER_SECOND = 100;

  private final Optional<Limits> limits;
  private final Admissions admissions;
  private final JobStore jobs;
  private final InstantSource clock;

  /**
   * @param limits empty for none; then nothing is ever asked of {@code admissions}
   */
  public OwnerLimits(
      Optional<Limits> limits, Admissions admissions, JobStore jobs, InstantSource clock) {
    this.limits = limits;
    this.admissions = admissions;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Whether an attempt may begin. */
  public sealed interface Decision {
    /** It may. */
    record Admitted() implements Decision {}

    /** It may not, for now. */
    sealed interface Refused extends Decision {
      /** The limit that is reached, in jobs. */
      int max();

      /** How long to wait before trying again. */
      Duration retryAfter();
    }

    /** The owner has as many jobs running as it may. */
    record TooManyRunning(int max, Duration retryAfter) implements Refused {}

    /** The owner has begun as many jobs as it may this day; the next one is a day of UTC. */
    record TooManyToday(int max, Duration retryAfter) implements Refused {}
  }

  /** Lets an attempt of a job begin, if it may. The same attempt may as often as it asks. */
  public Decision admit(Owner owner, JobId job, int attempt) {
    return limits
        .map(each -> admit(owner, new Admissions.Attempt(job, attempt), each))
        .orElseGet(Decision.Admitted::new);
  }

  private Decision admit(Owner owner, Admissions.Attempt attempt, Limits limit) {
    Instant now = clock.instant();
    Admissions.Answer answer = admissions.admit(owner, attempt, limit, now);
    if (answer instanceof Admissions.Answer.Full full
        && maySee(full, now)
        && makeRoom(owner, full, now)) {
      answer = admissions.admit(owner, attempt, limit, now);
    }
    return switch (answer) {
      case Admissions.Answer.Admitted _ -> new Decision.Admitted();
      case Admissions.Answer.Full full ->
          full.dayEnds()
              .<Decision>map(
                  end ->
                      new Decision.TooManyToday(
                          limit.perDay().orElseThrow(), Duration.between(now, end)))
              .orElseGet(() -> new Decision.TooManyRunning(limit.running(), UNTIL_ONE_ENDS));
    };
  }

  private static boolean maySee(Admissions.Answer.Full full, Instant now) {
    Duration pause = Duration.ofSeconds(Math.ceilDiv(full.admitted().size(), READS_PER_SECOND));
    return full.asked().map(at -> !at.plus(pause).isAfter(now)).orElse(true);
  }

  /** Takes out whatever does not run; whether there was any. */
  private boolean makeRoom(Owner owner, Admissions.Answer.Full full, Instant now) {
    Map<JobId, Job> known = new HashMap<>();
    jobs.findAll(full.admitted().keySet().stream().map(Admissions.Attempt::job).distinct().toList())
        .forEach(job -> known.put(job.id(), job));
    List<Admissions.Attempt> over = new ArrayList<>();
    Map<Admissions.Attempt, Instant> neverBegan = new HashMap<>();
    full.admitted()
        .forEach(
            (attempt, since) -> {
              Optional<Job> begun =
                  Optional.ofNullable(known.get(attempt.job()))
                      .filter(job -> job.owner().equals(owner))
                      .filter(job -> job.attempt() >= attempt.number());
              if (begun.isEmpty()) {
                if (since.plus(GRACE).isBefore(now)) {
                  neverBegan.put(attempt, since);
                }
              } else if (begun.get().status().isTerminal()
                  || begun.get().attempt() > attempt.number()) {
                over.add(attempt);
              }
            });
    neverBegan.forEach((attempt, since) -> admissions.withdraw(owner, attempt, since));
    admissions.release(owner, over, now);
    return !over.isEmpty() || !neverBegan.isEmpty();
  }
}
