package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SubmitJobTest {
  private static final Optional<JobId> CHOSEN = Optional.of(new JobId("order-1"));
  private static final Reason BUSY = Reasons.busy("useapi", "6 jobs");

  private final Studio studio = new Studio();

  @Test
  void shouldGiveTheCallerAJobThatTheProviderTook() {
    // Given
    studio.provider.submits(
        new SubmitOutcome.Accepted(List.of("p1", "p2"), Optional.of("account-1")));

    // When
    Job job = submitted(Optional.empty());

    // Then
    assertThat(job.status()).isEqualTo(Status.SUBMITTED);
    assertThat(job.providerJobs()).containsExactly("p1", "p2");
    assertThat(job.account()).contains("account-1");
    assertThat(job.deadline()).isEqualTo(Studio.START.plus(Duration.ofHours(24)));
    assertThat(studio.jobs.find(job.id())).contains(job);
  }

  @Test
  void shouldTellTheProviderOurIdAndWhereToCallBack() {
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    Job job = submitted(Optional.empty());

    Provider.Order order = studio.provider.orders().getFirst();
    assertThat(order.job()).isEqualTo(job.id());
    assertThat(order.operation()).isEqualTo(Studio.request().operation());
    URI url = order.callback().orElseThrow();
    String head = "https://riffhook.example/callbacks/useapi/" + job.id() + "/";
    assertThat(url.toString()).startsWith(head);
    String token = url.toString().substring(head.length());
    assertThat(studio.tokens.verify("useapi", job.id().value(), token)).hasValue(1);
  }

  @Test
  void shouldSendTheCheckBeforeTheJobAndWriteTheJobBeforeTheCall() {
    // A crash after any of these three leaves a check for a job, never a job without a check, and
    // never a song that nobody knows of.
    Faults faults = new Faults();
    var providers = new Providers(List.of(faults.around(Provider.class, studio.provider)));
    var does =
        new Studio.UseCases(
            new Studio.Ports(
                faults.around(JobStore.class, studio.jobs),
                studio.songs,
                studio.assets,
                faults.around(Queues.class, studio.queues),
                providers),
            new CallbackUrls(Optional.empty(), () -> studio.tokens),
            studio.clock);
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));

    does.submit.submit(Studio.ALICE, Studio.request(), Optional.empty());

    assertThat(
            faults.calls().stream().filter(call -> !call.matches("Provider\\.(capabilities|name)")))
        .containsExactly(
            "Queues.check",
            "JobStore.insert",
            "Provider.submit",
            "JobStore.apply",
            "Queues.notification");
  }

  @Test
  void shouldNotWaitForACallbackThatCannotCome() {
    // Given nobody outside can reach us
    var does =
        new Studio.UseCases(
            new Studio.Ports(
                studio.jobs,
                studio.songs,
                studio.assets,
                studio.queues,
                new Providers(List.of(studio.provider))),
            new CallbackUrls(Optional.empty(), () -> studio.tokens),
            studio.clock);
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));

    // When
    does.submit.submit(Studio.ALICE, Studio.request(), CHOSEN);

    // Then
    assertThat(studio.provider.orders().getFirst().callback()).isEmpty();
    assertThat(studio.jobs.find(CHOSEN.orElseThrow()).orElseThrow().callbacks()).isFalse();
    assertThat(studio.queues.messages(InMemoryQueues.CheckDue.class))
        .singleElement()
        .satisfies(check -> assertThat(check.delay()).isLessThanOrEqualTo(Duration.ofSeconds(10)));
  }

  @Test
  void shouldGiveTheSameJobForTheSameSubmission() {
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    Job first = submitted(CHOSEN);
    studio.clock.advance(Duration.ofHours(1));

    assertThat(submitted(CHOSEN)).isEqualTo(first);
    assertThat(studio.provider.orders()).hasSize(1);
    assertThat(studio.jobs.all()).hasSize(1);
  }

  @Test
  void shouldRefuseAnIdThatAnotherRequestHas() {
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    Job first = submitted(CHOSEN);

    assertThat(studio.does.submit.submit(Studio.ALICE, Studio.request(Format.WAV), CHOSEN))
        .isEqualTo(new SubmitJob.Result.Differs());
    // The same request of another owner is another request: its owner must learn nothing.
    assertThat(studio.does.submit.submit(new Owner("mallory"), Studio.request(), CHOSEN))
        .isEqualTo(new SubmitJob.Result.Differs());
    assertThat(studio.jobs.all()).containsExactly(first);
    assertThat(studio.provider.orders()).hasSize(1);
  }

  @Test
  void shouldSayThatTheFirstSubmissionIsNotThrough() {
    studio.provider.submits(
        () -> {
          // The same submission comes again while the provider is thinking.
          assertThat(studio.does.submit.submit(Studio.ALICE, Studio.request(), CHOSEN))
              .isEqualTo(new SubmitJob.Result.StillRunning());
          return new SubmitOutcome.Accepted(List.of("p1"), Optional.empty());
        });
    assertThat(submitted(CHOSEN).status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldGiveTheJobOfACallThatWasCutOff() {
    // Given the process that submitted it died during the call
    Job cutOff =
        Job.submitting(
            CHOSEN.orElseThrow(),
            Studio.ALICE,
            Studio.request(),
            studio.provider.capabilities(),
            true,
            Studio.START,
            SubmitJob.LIFE);
    studio.jobs.insert(cutOff);

    // When it is repeated before and after nobody can be in that call any more
    studio.clock.advance(CallProvider.PATIENCE.minusMillis(1));
    SubmitJob.Result early = studio.does.submit.submit(Studio.ALICE, Studio.request(), CHOSEN);
    studio.clock.advance(Duration.ofMillis(1));
    SubmitJob.Result late = studio.does.submit.submit(Studio.ALICE, Studio.request(), CHOSEN);

    // Then
    assertThat(early).isEqualTo(new SubmitJob.Result.StillRunning());
    assertThat(late).isEqualTo(new SubmitJob.Result.Submitted(cutOff));
    assertThat(studio.provider.orders()).isEmpty();
  }

  @Test
  void shouldGiveAQueuedJobToWhoeverRepeatsItsSubmission() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    Job queued = submitted(CHOSEN);
    assertThat(submitted(CHOSEN)).isEqualTo(queued);
    assertThat(studio.provider.orders()).hasSize(1);
  }

  @Test
  void shouldLetOneOfManySubmissionsWithOneIdBuy() throws Exception {
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    Race.of(8, _ -> studio.does.submit.submit(Studio.ALICE, Studio.request(), CHOSEN));
    assertThat(studio.provider.orders()).hasSize(1);
    assertThat(studio.jobs.all()).hasSize(1);
  }

  @Test
  void shouldRefuseWhatNoProviderCanDo() {
    JobRequest impossible =
        new JobRequest(
            Studio.request().operation(),
            Optional.empty(),
            Optional.of("FUZZ-9"),
            Set.of(Format.STEMS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var plain =
        FakeProvider.only("plain", Set.of(Operation.Kind.COMPOSE), Set.of(Format.MP3), "A", "B");
    var does =
        studio.with(
            new Providers(List.of(plain)), new CallbackUrls(Optional.empty(), () -> studio.tokens));

    assertThat(does.submit.submit(Studio.ALICE, impossible, CHOSEN))
        .isEqualTo(
            new SubmitJob.Result.Impossible(
                List.of(
                    new FieldError(
                        "/operation", "plain cannot do prompt; no configured provider can"))));
    assertThat(studio.jobs.all()).isEmpty();
    assertThat(studio.queues.messages()).isEmpty();
  }

  // ---- A repeat is the same job ----

  @Test
  void shouldReturnTheJobOfARepeatThatTodaysSettingsWouldRefuse() {
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    JobRequest request = Receivers.withWebhook(Receivers.SHOP, EventType.DEFAULT);
    Job first =
        ((SubmitJob.Result.Submitted) studio.does.submit.submit(Studio.ALICE, request, CHOSEN))
            .job();
    var others =
        studio.with(
            new Providers(
                List.of(
                    FakeProvider.only(
                        "plain", Set.of(Operation.Kind.COMPOSE), Set.of(Format.MP3), "A", "B"))));
    studio.web.refuse(Receivers.SHOP);

    assertThat(others.submit.submit(Studio.ALICE, request, CHOSEN))
        .as("neither its provider nor its webhook is allowed today")
        .isEqualTo(new SubmitJob.Result.Submitted(studio.now(first)));
    assertThat(others.submit.submit(Studio.ALICE, request, Optional.of(new JobId("another"))))
        .as("a new one is refused")
        .isInstanceOf(SubmitJob.Result.Impossible.class);
    assertThat(others.submit.submit(new Owner("mallory"), request, CHOSEN))
        .isEqualTo(new SubmitJob.Result.Differs());
    assertThat(studio.provider.orders()).hasSize(1);
  }

  @Test
  void shouldLookNothingUpForACallerWhoChoseNoId() {
    Faults faults = new Faults();
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));

    watched(faults).submit.submit(Studio.ALICE, Studio.request(), Optional.empty());

    assertThat(faults.calls()).doesNotContain("JobStore.find");
  }

  // ---- A job that is written is a job ----

  static Stream<SubmitOutcome> outcomes() {
    return Stream.of(
        new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()),
        new SubmitOutcome.TryLater(BUSY, Optional.empty()),
        new SubmitOutcome.AccountTrouble(BUSY, List.of("account-1")),
        new SubmitOutcome.Unknown(BUSY),
        new SubmitOutcome.Refused(BUSY));
  }

  /** From each step after the write on, nothing works any more. */
  @ParameterizedTest
  @MethodSource("outcomes")
  void shouldAnswerWithTheJobWhateverFailsAfterItsWrite(SubmitOutcome outcome) {
    for (int more = 0; ; more++) {
      Studio fresh = new Studio();
      fresh.provider.submits(outcome);
      Faults faults = new Faults();
      var does = watched(fresh, faults);
      int last = more;
      int[] after = {-1};
      faults.failWhen(
          step -> {
            if (step.equals("after JobStore.insert")) {
              after[0] = 0;
              return false;
            }
            return after[0] >= 0 && after[0]++ >= last;
          });

      SubmitJob.Result result =
          does.submit.submit(Studio.ALICE, Studio.request(), Optional.empty());

      Job written = fresh.jobs.all().getFirst();
      assertThat(result)
          .as("failing from step %d after the write", more)
          .isInstanceOfSatisfying(
              SubmitJob.Result.Submitted.class,
              done -> assertThat(done.job().id()).isEqualTo(written.id()));
      assertThat(fresh.provider.orders()).hasSizeLessThanOrEqualTo(1);
      assertThat(fresh.queues.messages(InMemoryQueues.CheckDue.class)).hasSize(1);
      if (after[0] <= more) {
        assertThat(more).isGreaterThan(3);
        return;
      }
    }
  }

  @Test
  void shouldAnswerWithTheJobIfTheAdapterFails() {
    studio.provider.submits(
        () -> {
          throw new IllegalStateException("a bug");
        });
    Job job = submitted(Optional.empty());
    assertThat(job.status()).isEqualTo(Status.QUEUED);
    assertThat(studio.jobs.all()).containsExactly(job);
  }

  @Test
  void shouldAnswerWithTheJobIfTheAnswerToItsWriteIsLost() {
    Faults faults = new Faults();
    studio.provider.submits(new SubmitOutcome.Accepted(List.of("p1"), Optional.empty()));
    faults.failWhen("after JobStore.insert"::equals);

    assertThat(watched(faults).submit.submit(Studio.ALICE, Studio.request(), Optional.empty()))
        .isEqualTo(new SubmitJob.Result.Submitted(studio.jobs.all().getFirst()));
    assertThat(studio.jobs.all().getFirst().status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldFailIfTheJobCannotBeWritten() {
    Faults faults = new Faults();
    faults.failWhen("before JobStore.insert"::equals);
    SubmitJob submit = watched(faults).submit;

    assertThatThrownBy(() -> submit.submit(Studio.ALICE, Studio.request(), Optional.empty()))
        .isInstanceOf(Faults.OutageException.class)
        .hasMessage("before JobStore.insert");
    assertThat(studio.jobs.all()).isEmpty();
    assertThat(studio.provider.orders()).isEmpty();
  }

  private Studio.UseCases watched(Faults faults) {
    return watched(studio, faults);
  }

  private static Studio.UseCases watched(Studio studio, Faults faults) {
    return new Studio.UseCases(
        new Studio.Ports(
            faults.around(JobStore.class, studio.jobs),
            studio.songs,
            studio.assets,
            faults.around(Queues.class, studio.queues),
            new Providers(List.of(studio.provider)),
            studio.uploads,
            studio.registrations,
            faults.around(HealthStore.class, studio.health),
            studio.web),
        new CallbackUrls(Optional.empty(), () -> studio.tokens),
        studio.clock);
  }

  private Job submitted(Optional<JobId> id) {
    return switch (studio.does.submit.submit(Studio.ALICE, Studio.request(), id)) {
      case SubmitJob.Result.Submitted done -> done.job();
      case SubmitJob.Result other -> throw new AssertionError("not submitted: " + other);
    };
  }
}
