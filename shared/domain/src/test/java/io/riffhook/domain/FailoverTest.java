package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A job moves to the next able provider before anything was bought, and never after. */
final class FailoverTest {
  private static final Reason BUSY = Reasons.busy("useapi", "6 jobs");
  private static final Reason SILENT = Reasons.outcomeUnknown("useapi", "HTTP 503");

  private final Studio studio = new Studio();
  private final FakeProvider second =
      new FakeProvider(
          new Capabilities(
              "second",
              Map.of(Operation.Kind.PROMPT, FakeProvider.ANYTHING),
              EnumSet.of(Format.M4A),
              List.of(),
              false,
              Duration.ofSeconds(6),
              Set.of()));
  private final Studio.UseCases does = studio.with(new Providers(List.of(studio.provider, second)));

  @Test
  void shouldMoveAJobThatBoughtNothing() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    second.submits(new SubmitOutcome.Accepted(List.of("s1"), Optional.empty()));

    Job job = submitted(Studio.request());
    assertThat(job.provider()).isEqualTo("second");
    assertThat(job.formats()).containsExactly(Format.M4A);
    assertThat(job.callbacks()).isFalse();
    assertThat(job.reason()).contains(BUSY);
    assertThat(job.status()).isEqualTo(Status.QUEUED);
    assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class))
        .containsExactly(new InMemoryQueues.SubmissionDue(job.id(), Duration.ZERO));

    does.call.resume(job.id());
    Job moved = studio.now(job);
    assertThat(moved.status()).isEqualTo(Status.SUBMITTED);
    assertThat(moved.providerJobs()).containsExactly("s1");
    assertThat(moved.reason()).isEmpty();
    assertThat(studio.provider.orders()).hasSize(1);
    assertThat(second.orders()).hasSize(1);
  }

  @Test
  void shouldMoveAJobWhoseProviderHasClosed() {
    studio.provider.submits(new SubmitOutcome.Closed(Reasons.retired("useapi", "gone")));
    assertThat(submitted(Studio.request()).provider()).isEqualTo("second");
  }

  @Test
  void shouldMoveAJobWhoseAccountIsInTrouble() {
    Reason trouble = Reasons.accountNeedsAttention("useapi", "a1", "log in again");
    studio.provider.submits(new SubmitOutcome.AccountTrouble(trouble, List.of("a1")));
    assertThat(submitted(Studio.request()).provider()).isEqualTo("second");
    assertThat(studio.health.troubles("useapi"))
        .extracting(Trouble::account)
        .containsExactly(Optional.empty(), Optional.of("a1"));
  }

  @Test
  void shouldNotMoveAJobThatMayHaveBoughtASong() {
    studio.provider.submits(
        new SubmitOutcome.Unknown(SILENT), new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    studio.provider.finds(new Provider.Found.NotThere());
    Job job = submitted(Studio.request());
    assertThat(job.provider()).isEqualTo("useapi");

    studio.clock.advance(Duration.ofMinutes(12));
    does.call.resume(job.id());
    assertThat(studio.now(job).provider()).isEqualTo("useapi");
    assertThat(studio.now(job).submission()).isInstanceOf(Submission.Waiting.class);
    assertThat(second.orders()).isEmpty();
  }

  @Test
  void shouldNotMoveAJobWhoseCallerNamedItsProvider() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    JobRequest request = Studio.request();
    Job job =
        submitted(
            new JobRequest(
                request.operation(),
                Optional.of("useapi"),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(job.provider()).isEqualTo("useapi");
    assertThat(job.submission()).isInstanceOf(Submission.Waiting.class);
  }

  @Test
  void shouldNotMoveAJobToWhoCannotDoIt() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    assertThat(submitted(Studio.request(Format.STEMS)).provider()).isEqualTo("useapi");
  }

  @Test
  void shouldGiveNewJobsToAProviderThatIsWell() {
    studio.provider.submits(
        new SubmitOutcome.TryLater(BUSY, Optional.of(Duration.ofMinutes(2))),
        new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    second.submits(new SubmitOutcome.Accepted(List.of("s1"), Optional.empty()));
    submitted(Studio.request());
    assertThat(submitted(Studio.request()).provider()).isEqualTo("second");

    studio.clock.advance(Duration.ofSeconds(121));
    assertThat(submitted(Studio.request()).provider()).isEqualTo("useapi");
  }

  @Test
  void shouldWaitWhereAllAreInTrouble() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    second.submits(new SubmitOutcome.TryLater(Reasons.busy("second", "full"), Optional.empty()));
    Job job = submitted(Studio.request());
    studio.queues.take();
    does.call.resume(job.id());

    Job waiting = studio.now(job);
    assertThat(waiting.provider()).isEqualTo("second");
    assertThat(waiting.submission()).isInstanceOf(Submission.Waiting.class);
    assertThat(waiting.submission().at()).isAfter(studio.clock.instant());
    assertThat(studio.queues.messages(InMemoryQueues.SubmissionDue.class))
        .singleElement()
        .satisfies(due -> assertThat(due.delay()).isPositive());
  }

  @Test
  void shouldMoveAQueuedJobWhoseProviderIsConfiguredNoMore() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    second.submits(new SubmitOutcome.Accepted(List.of("s1"), Optional.empty()));
    Job job = studio.submittedAs(Studio.request());
    studio.clock.set(job.submission().at());
    studio.with(new Providers(List.of(second))).call.resume(job.id());
    assertThat(studio.now(job).provider()).isEqualTo("second");
    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldAskTheOwnerBeforePayingPerhapsTwice() {
    // Nobody calls back, and the provider cannot say whether it has the job.
    Studio.UseCases polled =
        studio.with(
            new Providers(List.of(second)),
            new CallbackUrls(Optional.empty(), () -> studio.tokens));
    second.submits(new SubmitOutcome.Unknown(SILENT));
    second.finds(new Provider.Found.CannotTell("it lists no jobs"));
    Job job =
        ((SubmitJob.Result.Submitted)
                polled.submit.submit(Studio.ALICE, Studio.request(), Optional.empty()))
            .job();
    studio.clock.advance(Duration.ofMinutes(12));
    polled.call.resume(job.id());
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason()).contains(SILENT);
    assertThat(second.orders()).hasSize(1);
  }

  private Job submitted(JobRequest request) {
    return ((SubmitJob.Result.Submitted)
            does.submit.submit(Studio.ALICE, request, Optional.empty()))
        .job();
  }
}
