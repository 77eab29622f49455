package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.OwnerLimits.Decision;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submissions, and failed jobs run again, of owners with limits. */
final class OwnerLimitsTest {
  private static final Owner BOB = new Owner("bob");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
  private static final Decision.Refused TWO_RUN =
      new Decision.TooManyRunning(2, Duration.ofSeconds(30));

  private final Studio studio = new Studio();
  private final Studio.UseCases two = studio.with(new Limits(2, OptionalInt.empty()));
  private final Studio.UseCases twoADay = studio.with(new Limits(9, OptionalInt.of(2)));

  @BeforeEach
  void theProviderTakesEveryJob() {
    studio.provider.submits(
        Stream.generate(() -> new SubmitOutcome.Accepted(List.of("p"), Optional.empty()))
            .limit(20)
            .toArray(SubmitOutcome[]::new));
  }

  @Test
  void shouldRefuseOneMoreThanMayRun() {
    submit(two, "a");
    submit(two, "b");
    int messages = studio.queues.messages().size();

    assertThat(refusal(two, "c")).isEqualTo(TWO_RUN);
    assertThat(studio.jobs.all()).hasSize(2);
    assertThat(studio.provider.orders()).as("nothing is bought").hasSize(2);
    assertThat(studio.queues.messages()).as("nothing is sent").hasSize(messages);
    assertThat(two.submit.submit(BOB, Studio.request(), Optional.empty()))
        .as("another owner has room of its own")
        .isInstanceOf(SubmitJob.Result.Submitted.class);
  }

  @Test
  void shouldHaveRoomOnceAJobHasEndedHoweverItEnded() {
    for (JobChange end :
        List.of(
            new JobChange.Ready(),
            new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")),
            new JobChange.Ended(Status.REJECTED, Reasons.noSong("useapi")),
            new JobChange.Ended(Status.CANCELLED, Reasons.cancelled()))) {
      int number = studio.jobs.all().size();
      Job job = submit(two, "job-" + number);
      submit(two, "and-" + number);
      assertThat(refusal(two, "c")).isEqualTo(TWO_RUN);
      studio.jobs.all().forEach(each -> endAs(each, end));
      assertThat(studio.now(job).status().isTerminal()).isTrue();
      studio.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(submit(two, "c").status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldNotRefuseTheRepeatOfAKnownJob() {
    Job first = submit(two, "a");
    submit(two, "b");
    assertThat(submit(two, "a")).isEqualTo(first);
    endAs(first, new JobChange.Ended(Status.CANCELLED, Reasons.cancelled()));
    submit(two, "c");
    assertThat(submit(two, "a").status())
        .as("nor that of one that ended")
        .isEqualTo(Status.CANCELLED);
    assertThat(refusal(two, "d")).isEqualTo(TWO_RUN);
  }

  @Test
  void shouldNotCountTheRepeatOfASubmissionThatWasCutOff() {
    // Given a process died after the admission, and before it wrote the job
    admit("a");
    submit(two, "b");

    // Then its repeat finds its place
    assertThat(submit(two, "a").status()).isEqualTo(Status.SUBMITTED);
    assertThat(refusal(two, "c")).isEqualTo(TWO_RUN);
  }

  @Test
  void shouldFreeThePlaceOfASubmissionThatWasCutOffForGood() {
    admit("never-written");
    submit(two, "b");
    studio.clock.advance(OwnerLimits.GRACE);
    assertThat(refusal(two, "c")).as("it may be on its way").isEqualTo(TWO_RUN);
    studio.clock.advance(Duration.ofSeconds(1));
    assertThat(submit(two, "c").status()).isEqualTo(Status.SUBMITTED);
    studio.clock.advance(OwnerLimits.GRACE.plusDays(1));
    assertThat(refusal(two, "d")).as("jobs that run keep theirs").isEqualTo(TWO_RUN);
  }

  @Test
  void shouldNotCountForTheDayWhatNeverBegan() {
    new OwnerLimits(
            Optional.of(new Limits(9, OptionalInt.of(2))),
            studio.admissions,
            studio.jobs,
            studio.clock)
        .admit(Studio.ALICE, new JobId("never-written"), 1);
    submit(twoADay, "a");
    assertThat(refusal(twoADay, "b")).isInstanceOf(Decision.TooManyToday.class);
    studio.clock.advance(OwnerLimits.GRACE.plusSeconds(1));
    submit(twoADay, "b");
    assertThat(refusal(twoADay, "c")).isInstanceOf(Decision.TooManyToday.class);
  }

  @Test
  void shouldSayHowLongTheDayStillIs() {
    submit(twoADay, "a");
    submit(twoADay, "b");
    studio.jobs.all().forEach(each -> endAs(each, new JobChange.Ready()));
    assertThat(refusal(twoADay, "c"))
        .isEqualTo(
            new Decision.TooManyToday(2, Duration.between(studio.clock.instant(), MIDNIGHT)));
    studio.clock.set(MIDNIGHT);
    submit(twoADay, "c");
    submit(twoADay, "d");
    assertThat(refusal(twoADay, "e")).isEqualTo(new Decision.TooManyToday(2, Duration.ofDays(1)));
  }

  @Test
  void shouldNotTakeAnotherOwnersJobForOneOfIts() {
    // Given a place that somebody holds for an id which then became another owner's job
    admit("theirs");
    submit(two, "b");
    studio.jobs.insert(
        new JobDraft(JobCases.fresh(BOB, Studio.START), Status.SUBMITTED)
            .id(new JobId("theirs"))
            .job());
    studio.clock.advance(OwnerLimits.GRACE.plusSeconds(1));
    assertThat(submit(two, "c").status()).isEqualTo(Status.SUBMITTED);
  }

  // ---- Again ----

  @Test
  void shouldCountANewAttempt() {
    Job failed = failed("a");
    submit(two, "b");
    submit(two, "c");
    int messages = studio.queues.messages().size();

    assertThat(two.runAgain.run(failed)).isEqualTo(new RunAgain.Result.OverLimit(TWO_RUN));
    assertThat(studio.now(failed)).isEqualTo(failed);
    assertThat(studio.queues.messages()).hasSize(messages);

    endAs(find("b"), new JobChange.Ready());
    studio.clock.advance(Duration.ofSeconds(1));
    assertThat(two.runAgain.run(failed)).isInstanceOf(RunAgain.Result.Running.class);
    assertThat(refusal(two, "d")).isEqualTo(TWO_RUN);
  }

  @Test
  void shouldCountANewAttemptForTheDay() {
    Studio.UseCases does = studio.with(new Limits(9, OptionalInt.of(2)));
    Job failed = submit(does, "a");
    endAs(failed, new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")));
    assertThat(does.runAgain.run(studio.now(failed))).isInstanceOf(RunAgain.Result.Running.class);
    assertThat(refusal(does, "b")).isInstanceOf(Decision.TooManyToday.class);
    endAs(failed, new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")));
    assertThat(does.runAgain.run(studio.now(failed)))
        .isEqualTo(
            new RunAgain.Result.OverLimit(
                new Decision.TooManyToday(2, Duration.between(Studio.START, MIDNIGHT))));
  }

  @Test
  void shouldCountAJobOnceThatRunsAgain() {
    Studio.UseCases one = studio.with(new Limits(1, OptionalInt.empty()));
    Job failed = submit(one, "a");
    endAs(failed, new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")));
    assertThat(one.runAgain.run(studio.now(failed))).isInstanceOf(RunAgain.Result.Running.class);
    assertThat(one.runAgain.run(studio.now(failed))).isEqualTo(new RunAgain.Result.NotFailed());
    assertThat(refusal(one, "b")).isInstanceOf(Decision.TooManyRunning.class);
    endAs(failed, new JobChange.Ended(Status.CANCELLED, Reasons.cancelled()));
    studio.clock.advance(Duration.ofSeconds(1));
    submit(one, "b");
  }

  @Test
  void shouldFreeThePlaceOfAnAttemptThatNeverBegan() {
    Job failed = failed("a");
    // Given a process died between the admission of the second attempt and its start
    limits().admit(Studio.ALICE, failed.id(), 2);
    submit(two, "b");
    assertThat(refusal(two, "c")).isEqualTo(TWO_RUN);
    studio.clock.advance(OwnerLimits.GRACE.plusSeconds(1));
    submit(two, "c");
  }

  // ---- Races, and what it costs ----

  @Test
  void shouldGiveTheLastPlaceToOneOfManySubmissions() throws Exception {
    submit(two, "a");
    List<SubmitJob.Result> results =
        Race.of(8, i -> two.submit.submit(Studio.ALICE, Studio.request(), id("race-" + i)));
    assertThat(results).filteredOn(SubmitJob.Result.Submitted.class::isInstance).hasSize(1);
    assertThat(results)
        .filteredOn(result -> result.equals(new SubmitJob.Result.OverLimit(TWO_RUN)))
        .hasSize(7);
    assertThat(studio.provider.orders()).hasSize(2);
  }

  @Test
  void shouldGiveFreedPlacesToAsManyOfManySubmissions() throws Exception {
    submit(two, "a");
    submit(two, "b");
    studio.jobs.all().forEach(each -> endAs(each, new JobChange.Ready()));
    List<SubmitJob.Result> results =
        Race.of(8, i -> two.submit.submit(Studio.ALICE, Studio.request(), id("race-" + i)));
    assertThat(results).filteredOn(SubmitJob.Result.Submitted.class::isInstance).hasSize(2);
  }

  @Test
  void shouldAskNothingWithoutLimits() {
    Admissions nobody =
        (Admissions)
            Proxy.newProxyInstance(
                Admissions.class.getClassLoader(),
                new Class<?>[] {Admissions.class},
                (_, method, _) -> {
                  throw new AssertionError(method.getName());
                });
    OwnerLimits none = new OwnerLimits(Optional.empty(), nobody, studio.jobs, studio.clock);
    assertThat(none.admit(Studio.ALICE, new JobId("a"), 1)).isEqualTo(new Decision.Admitted());
  }

  @Test
  void shouldWriteOnceWhereThereIsRoom() {
    Faults faults = new Faults();
    OwnerLimits limits =
        new OwnerLimits(
            Optional.of(new Limits(1, OptionalInt.of(5))),
            faults.around(Admissions.class, studio.admissions),
            faults.around(JobStore.class, studio.jobs),
            studio.clock);
    limits.admit(Studio.ALICE, new JobId("a"), 1);
    assertThat(faults.calls()).containsExactly("Admissions.admit");
    limits.admit(Studio.ALICE, new JobId("b"), 1);
    assertThat(faults.calls())
        .as("and the jobs are asked where there is none")
        .containsExactly(
            "Admissions.admit", "Admissions.admit", "JobStore.findAll", "Admissions.release");
  }

  @Test
  void shouldReadNoMoreThanAHundredJobsASecond() {
    AtomicInteger read = new AtomicInteger();
    JobStore counting = counting(read);
    OwnerLimits limits =
        new OwnerLimits(
            Optional.of(new Limits(250, OptionalInt.empty())),
            studio.admissions,
            counting,
            studio.clock);
    IntStream.range(0, 250).forEach(i -> limits.admit(Studio.ALICE, new JobId("job-" + i), 1));
    // Somebody who calls ten times a second for a minute, all in vain
    for (int call = 0; call < 600; call++) {
      assertThat(limits.admit(Studio.ALICE, new JobId("more"), 1))
          .isInstanceOf(Decision.TooManyRunning.class);
      studio.clock.advance(Duration.ofMillis(100));
    }
    assertThat(read.get()).isEqualTo(250 * 20);
  }

  private JobStore counting(AtomicInteger read) {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (_, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("findAll");
              read.addAndGet(((Collection<?>) arguments[0]).size());
              return List.of();
            });
  }

  // ---- Helpers ----

  private OwnerLimits limits() {
    return new OwnerLimits(
        Optional.of(new Limits(2, OptionalInt.empty())),
        studio.admissions,
        studio.jobs,
        studio.clock);
  }

  private void admit(String id) {
    assertThat(limits().admit(Studio.ALICE, new JobId(id), 1)).isEqualTo(new Decision.Admitted());
  }

  private Job failed(String id) {
    Job job = submit(two, id);
    endAs(job, new JobChange.Ended(Status.FAILED, Reasons.noSong("useapi")));
    return studio.now(job);
  }

  private Job find(String id) {
    return studio.jobs.find(new JobId(id)).orElseThrow();
  }

  private void endAs(Job job, JobChange end) {
    if (end instanceof JobChange.Ready) {
      studio.jobs.apply(job.id(), new JobChange.Collected("p"), Studio.START);
    }
    studio.jobs.apply(job.id(), end, Studio.START);
  }

  private static Job submit(Studio.UseCases does, String id) {
    return switch (does.submit.submit(Studio.ALICE, Studio.request(), id(id))) {
      case SubmitJob.Result.Submitted done -> done.job();
      case SubmitJob.Result other -> throw new AssertionError("not submitted: " + other);
    };
  }

  private static Decision.Refused refusal(Studio.UseCases does, String id) {
    return switch (does.submit.submit(Studio.ALICE, Studio.request(), id(id))) {
      case SubmitJob.Result.OverLimit over -> over.why();
      case SubmitJob.Result other -> throw new AssertionError("not refused: " + other);
    };
  }

  private static Optional<JobId> id(String id) {
    return Optional.of(new JobId(id));
  }
}
