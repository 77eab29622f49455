package io.riffhook.processes;

import io.riffhook.domain.Job;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;

/** Holds what came of a run against what must hold. */
final class Judge {
  /** The least {@code maxReceiveCount} of template.yaml. */
  private static final int MAX_RECEIVES = 5;

  private static final String OUTCOME_UNKNOWN = "outcome-unknown";

  private final Storage storage;
  private final Purchases purchases;
  private final List<LostRun> lost;

  Judge(Storage storage, Purchases purchases, List<LostRun> lost) {
    this.storage = storage;
    this.purchases = purchases;
    this.lost = List.copyOf(lost);
  }

  /**
   * What came of a run.
   *
   * @param violations what must not be, each in a sentence
   * @param explained what the contract makes impossible to prevent, each with its cause
   * @param statuses how the jobs ended
   * @param lost how many accepted jobs did not end
   * @param twice how many jobs were bought twice without a cause that excuses it
   * @param withoutBytes how many are READY and lack something
   * @param untilReady from the caller's first call to READY
   */
  record Verdict(
      List<String> violations,
      List<String> explained,
      Map<Status, Integer> statuses,
      int lost,
      int twice,
      int withoutBytes,
      Percentiles untilReady) {}

  /**
   * Judges a run.
   *
   * @param known what must not be and is known already, each in a sentence
   */
  Verdict judge(List<Caller.Accepted> accepted, List<String> known) throws IOException {
    List<String> violations = new ArrayList<>(known);
    List<String> explained = new ArrayList<>();
    Map<Status, Integer> statuses = new EnumMap<>(Status.class);
    List<Duration> untilReady = new ArrayList<>();
    int unfinished = 0;
    int twice = 0;
    int withoutBytes = 0;
    for (Caller.Accepted call : accepted) {
      Optional<Job> found = storage.job(call.id());
      found.ifPresent(job -> statuses.merge(job.status(), 1, Integer::sum));
      if (found.isEmpty() || !found.get().status().isTerminal()) {
        unfinished++;
        violations.add(
            "%s is lost: %s"
                .formatted(call.id(), found.map(Judge::standing).orElse("there is no such job")));
        continue;
      }
      Job job = found.get();
      if (bought(call, job, violations, explained)) {
        twice++;
      }
      if (job.status() == Status.READY) {
        untilReady.add(Duration.between(call.asked(), job.updatedAt()));
        List<String> missing = storage.missing(job);
        violations.addAll(missing);
        withoutBytes += missing.isEmpty() ? 0 : 1;
      } else {
        ended(call, job, violations, explained);
      }
    }
    deadLetters(violations, explained);
    return new Verdict(
        violations,
        explained,
        statuses,
        unfinished,
        twice,
        withoutBytes,
        Percentiles.of(untilReady));
  }

  private static String standing(Job job) {
    return "it is %s, %s, provider jobs %s, woken %s, collected %s, check %d, updated %s"
        .formatted(
            job.status(),
            job.submission(),
            job.providerJobs(),
            job.woken(),
            job.collected(),
            job.checks(),
            job.updatedAt());
  }

  /**
   * A second purchase is excused where nobody could know of the first: the process that made it was
   * killed, or the provider closed the connection, before the answer was written down.
   *
   * @return whether it was bought twice without such a cause
   */
  private boolean bought(
      Caller.Accepted call, Job job, List<String> violations, List<String> explained) {
    List<Purchases.Purchase> bought = purchases.of(job.id());
    if (bought.size() < 2) {
      return false;
    }
    List<String> causes = new ArrayList<>();
    for (Purchases.Purchase purchase : bought.subList(0, bought.size() - 1)) {
      if (!purchase.answered()) {
        causes.add("the provider took the call at " + purchase.at() + " and did not answer");
      } else {
        unrecorded(call, job, purchase)
            .ifPresent(run -> causes.add("submit was killed at " + run.end() + " in its call"));
      }
    }
    if (bought.size() == 2 && causes.size() == 1) {
      explained.add(
          "%s was bought twice: %s, and no callback came through; it is %s"
              .formatted(job.id(), causes.getFirst(), job.status()));
      return false;
    }
    violations.add(
        "%s was bought %d times, with %s for a cause; %s"
            .formatted(job.id(), bought.size(), causes, standing(job)));
    return true;
  }

  private Optional<LostRun> unrecorded(Caller.Accepted call, Job job, Purchases.Purchase purchase) {
    return lost.stream()
        .filter(run -> run.function().equals("SubmitFunction"))
        .filter(run -> run.isAbout(call.key()) || run.isAbout(job.id().value()))
        .filter(run -> !run.start().isAfter(purchase.at()) && !run.end().isBefore(purchase.at()))
        .findFirst();
  }

  /** No job is made to fail: one that did must be of an outcome that stayed unknown, twice. */
  private void ended(
      Caller.Accepted call, Job job, List<String> violations, List<String> explained) {
    Optional<Reason> reason = job.reason();
    boolean unknown =
        job.status() == Status.FAILED
            && reason.map(Reason::code).filter(OUTCOME_UNKNOWN::equals).isPresent();
    long cut =
        lost.stream()
            .filter(run -> run.function().equals("SubmitFunction"))
            .filter(run -> run.isAbout(call.key()) || run.isAbout(job.id().value()))
            .count();
    String what =
        "%s is %s (%s) after %d calls, %d without an answer, %d runs of submit killed, %d songs bought"
            .formatted(
                job.id(),
                job.status(),
                reason.map(Reason::code).orElse("no reason"),
                job.calls(),
                job.unknowns(),
                cut,
                purchases.of(job.id()).size());
    (unknown && job.unknowns() >= 2 ? explained : violations).add(what);
  }

  /**
   * A message may be given up where each of its receives was killed; its job must end all the same.
   */
  private void deadLetters(List<String> violations, List<String> explained) {
    for (Message letter : storage.deadLetters()) {
      long killed = lost.stream().filter(run -> run.isAbout(letter.messageId())).count();
      (killed >= MAX_RECEIVES ? explained : violations)
          .add(
              "a message was given up after %d of its receives were killed: %s"
                  .formatted(killed, letter.body()));
    }
  }
}
