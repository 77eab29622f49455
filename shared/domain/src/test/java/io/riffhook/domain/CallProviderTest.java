package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CallProviderTest {
  private static final Reason BUSY = Reasons.busy("useapi", "6 jobs");
  private static final Reason SILENT = Reasons.outcomeUnknown("useapi", "no answer in 10 s");
  private static final SubmitOutcome TAKEN =
      new SubmitOutcome.Accepted(List.of("p1", "p2"), Optional.of("account-1"));

  private static final String SECRETS = "a-secret-of-sixteen-characters";

  private final Studio studio = new Studio();

  @Test
  void shouldKeepTheCallbackThatWasFasterThanTheAnswer() {
    // Given a provider that calls back before it has answered
    studio.provider.submits(
        () -> {
          Job under = studio.jobs.all().getFirst();
          assertThat(
                  studio.does.receive.receive(
                      under.id(), 1, new Callback.Finished(Optional.of("p1"))))
              .isTrue();
          return TAKEN;
        });

    // When
    Job job = studio.submittedAs(Studio.request());

    // Then both the callback and the answer are known
    assertThat(job.status()).isEqualTo(Status.GENERATING);
    assertThat(job.woken()).containsExactly("p1");
    assertThat(job.providerJobs()).containsExactly("p1", "p2");
    assertThat(job.submission()).isEqualTo(new Submission.Accepted(Studio.START));
    assertThat(studio.tasks())
        .containsExactly(new DownloadTask.Collect(job.id(), Optional.of("p1"), 1));
  }

  @Test
  void shouldRejectAModeratedPrompt() {
    Reason reason = Reasons.moderated("useapi", "moderation");
    studio.provider.submits(new SubmitOutcome.Moderated(reason));
    Job job = studio.submittedAs(Studio.request());
    assertThat(job.status()).isEqualTo(Status.REJECTED);
    assertThat(job.reason()).contains(reason);
    assertThat(submissions()).isEmpty();
  }

  @Test
  void shouldFailARequestThatIsRefused() {
    Reason reason = Reasons.unauthorized("useapi", "USEAPI_TOKEN");
    studio.provider.submits(new SubmitOutcome.Refused(reason));
    Job job = studio.submittedAs(Studio.request());
    assertThat(job.status()).isEqualTo(Status.FAILED);
    assertThat(job.reason()).contains(reason);
    assertThat(reason.detail())
        .isEqualTo("useapi refused our token; set USEAPI_TOKEN to a valid one");
    assertThat(submissions()).isEmpty();
  }

  @Test
  void shouldLeaveAJobAloneThatWasCancelledDuringItsCall() {
    studio.provider.submits(
        () -> {
          studio.does.cancel.cancel(studio.jobs.all().getFirst().id());
          return TAKEN;
        });
    Job job = studio.submittedAs(Studio.request());
    assertThat(job.status()).isEqualTo(Status.CANCELLED);
    assertThat(job.reason()).contains(Reasons.cancelled());
  }

  @Nested
  @DisplayName("A call that bought nothing")
  class Postponed {

    @Test
    void shouldBeMadeAgainAfterTenToThirtySeconds() {
      // Given
      studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()), TAKEN);
      Job job = studio.submittedAs(Studio.request());
      assertThat(job.status()).isEqualTo(Status.QUEUED);
      assertThat(job.reason()).contains(BUSY);
      Duration wait = Duration.between(Studio.START, job.submission().at());
      assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));

      // When its message comes, which must not be before its time
      assertThat(submissions())
          .singleElement()
          .satisfies(
              due -> assertThat(due.delay()).isBetween(wait, wait.plus(Duration.ofSeconds(1))));
      studio.clock.advance(submissions().getFirst().delay());
      studio.does.call.resume(job.id());

      // Then
      assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
      assertThat(studio.now(job).reason()).isEmpty();
      assertThat(studio.provider.orders()).hasSize(2);
    }

    @Test
    void shouldNotBeMadeAgainBeforeItsTime() {
      studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()), TAKEN);
      Job job = studio.submittedAs(Studio.request());
      studio.clock.set(job.submission().at().minusNanos(1));
      studio.does.call.resume(job.id());
      assertThat(studio.now(job)).isEqualTo(job);
      assertThat(studio.provider.orders()).hasSize(1);
    }

    @Test
    void shouldWaitAsLongAsTheProviderAsks() {
      studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.of(Duration.ofMinutes(5))));
      Job job = studio.submittedAs(Studio.request());
      assertThat(job.submission())
          .isEqualTo(new Submission.Waiting(Studio.START.plus(Duration.ofMinutes(5))));
      assertThat(submissions().getFirst().delay()).isEqualTo(Duration.ofSeconds(301));
    }

    @Test
    void shouldNotWaitLongerThanAQueueCan() {
      studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.of(Duration.ofDays(1))));
      Job job = studio.submittedAs(Studio.request());
      assertThat(job.submission().at()).isEqualTo(Studio.START.plus(Queues.MAX_DELAY));
      assertThat(submissions().getFirst().delay()).isEqualTo(Queues.MAX_DELAY);
    }

    @Test
    void shouldWaitLongerEachTime() {
      studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
      Job job = studio.submittedAs(Studio.request());
      List<Duration> waits = new ArrayList<>();
      for (int call = 1; call <= 8; call++) {
        waits.add(submissions().getLast().delay());
        studio.clock.advance(submissions().getLast().delay());
        studio.does.call.resume(job.id());
      }
      // Jitter is a factor of three and each wait twice the last: every second one is longer.
      for (int i = 2; i < waits.size(); i++) {
        assertThat(waits.get(i)).isGreaterThanOrEqualTo(waits.get(i - 2));
      }
      assertThat(waits.getLast()).isEqualTo(Queues.MAX_DELAY);
      assertThat(studio.now(job).calls()).isEqualTo(9);
      assertThat(studio.now(job).unknowns()).isZero();
    }

    @Test
    void shouldStayQueuedWhileTheAccountIsInTrouble() {
      Reason trouble =
          Reasons.accountNeedsAttention("useapi", "5f72c91e", "Your account has pending error.");
      studio.provider.submits(new SubmitOutcome.AccountTrouble(trouble), TAKEN);
      Job job = studio.submittedAs(Studio.request());
      assertThat(job.status()).isEqualTo(Status.QUEUED);
      assertThat(job.reason())
          .contains(
              new Reason(
                  "account-needs-attention",
                  "the useapi account 5f72c91e must be put right by its holder: Your account has"
                      + " pending error."));
      assertThat(submissions().getFirst().delay())
          .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));

      // Once somebody has put it right, the job goes on by itself.
      studio.clock.advance(submissions().getFirst().delay());
      studio.does.call.resume(job.id());
      assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
      assertThat(studio.now(job).reason()).isEmpty();
    }

    @Test
    void shouldEndAtTheDeadline() {
      studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
      Job job = studio.submittedAs(Studio.request());
      studio.clock.set(job.deadline());
      studio.does.call.resume(job.id());
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason())
          .contains(
              new Reason(
                  "deadline-passed",
                  "the deadline 2026-11-22T02:25:14Z passed while waiting for the provider"));
      assertThat(studio.provider.orders()).hasSize(1);
    }
  }

  @Nested
  @DisplayName("A call that ended without an answer")
  class Unknown {

    @Test
    void shouldBeLookedUpAndFound() {
      // Given
      studio
          .provider
          .submits(new SubmitOutcome.Unknown(SILENT))
          .finds(new Provider.Found.There(List.of("p7"), Optional.of("account-2")));
      Job job = studio.submittedAs(Studio.request());
      assertThat(job.status()).isEqualTo(Status.QUEUED);
      assertThat(job.reason()).contains(SILENT);

      // When
      next(job);

      // Then
      assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
      assertThat(studio.now(job).providerJobs()).containsExactly("p7");
      assertThat(studio.now(job).account()).contains("account-2");
      assertThat(studio.provider.searched()).containsExactly(job.id());
      assertThat(studio.provider.orders()).hasSize(1);
    }

    @Test
    void shouldNotBeMadeAgainWhileItsCallbackMayStillCome() {
      studio
          .provider
          .submits(new SubmitOutcome.Unknown(SILENT))
          .finds(new Provider.Found.NotThere());
      Job job = studio.submittedAs(Studio.request());
      // Not running there may mean finished there.
      for (int i = 0; i < 9; i++) {
        next(job);
        assertThat(studio.provider.orders()).hasSize(1);
        assertThat(studio.now(job).status()).isEqualTo(Status.QUEUED);
      }
    }

    @Test
    void shouldWaitNoLongerBecauseTheJobIsChecked() {
      // Where nobody calls back a job is checked every two minutes, and each check is a write.
      studio
          .provider
          .submits(new SubmitOutcome.Unknown(SILENT), TAKEN)
          .finds(new Provider.Found.NotThere());
      Job job = studio.submittedAs(Studio.request());
      for (int i = 0; i < 12; i++) {
        studio.jobs.apply(job.id(), new JobChange.CheckSent(i + 2), studio.clock.instant());
        next(job);
      }
      assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
    }

    @Test
    void shouldBeMadeOnceMoreAndNeverAThirdTime() {
      // Given a provider that never answers, and cannot tell what it has
      studio
          .provider
          .submits(new SubmitOutcome.Unknown(SILENT))
          .finds(new Provider.Found.CannotTell("HTTP 500"));
      Job job = studio.submittedAs(Studio.request());

      // When all of its messages come, for hours
      for (int i = 0; i < 100 && !submissions().isEmpty(); i++) {
        next(job);
      }

      // Then
      assertThat(studio.provider.orders()).hasSize(2);
      assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
      assertThat(studio.now(job).reason()).contains(SILENT);
      assertThat(studio.now(job).unknowns()).isEqualTo(2);
      assertThat(submissions()).isEmpty();
    }

    @Test
    void shouldGoOnAsAnyCallWhereTheSecondOneIsAnswered() {
      studio
          .provider
          .submits(new SubmitOutcome.Unknown(SILENT), TAKEN)
          .finds(new Provider.Found.NotThere());
      Job job = studio.submittedAs(Studio.request());
      for (int i = 0; i < 12; i++) {
        next(job);
      }
      assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
      assertThat(studio.provider.orders()).hasSize(2);
    }

    @Test
    void shouldNotBeMadeAgainOnceItsCallbackHasCome() {
      studio.provider.submits(new SubmitOutcome.Unknown(SILENT));
      Job job = studio.submittedAs(Studio.request());
      studio.does.receive.receive(job.id(), 1, new Callback.Finished(Optional.of("p1")));
      studio.clock.advance(Duration.ofHours(2));
      studio.does.call.resume(job.id());
      assertThat(studio.provider.orders()).hasSize(1);
      assertThat(studio.now(job).status()).isEqualTo(Status.GENERATING);
    }

    @Test
    void shouldNotBeTakenForLostBeforeItsTime() {
      Job cutOff = cutOff();
      studio.clock.advance(CallProvider.PATIENCE.minusMillis(1));
      studio.does.call.resume(cutOff.id());
      assertThat(studio.now(cutOff)).isEqualTo(cutOff);
      assertThat(submissions()).isEmpty();
    }

    @Test
    void shouldBeUnknownWhereTheProcessDied() {
      Job cutOff = cutOff();
      studio.clock.advance(CallProvider.PATIENCE);
      studio.does.call.resume(cutOff.id());
      Job job = studio.now(cutOff);
      assertThat(job.submission())
          .isEqualTo(new Submission.Unknown(studio.clock.instant().plusSeconds(60)));
      assertThat(job.reason()).contains(Reasons.outcomeUnknown("useapi", "the call was cut off"));
      assertThat(job.unknowns()).isEqualTo(1);
      assertThat(studio.provider.orders()).isEmpty();
      assertThat(submissions()).hasSize(1);
    }

    /** Lets the next submission message come, at its time. */
    private void next(Job job) {
      List<InMemoryQueues.SubmissionDue> due = submissions();
      if (!due.isEmpty()) {
        studio.queues.take();
        studio.clock.advance(due.getLast().delay());
        studio.does.call.resume(job.id());
      }
    }

    private Job cutOff() {
      Job job =
          Job.submitting(
              new JobId("cut-off"),
              Studio.ALICE,
              Studio.request(),
              studio.provider.capabilities(),
              true,
              Studio.START,
              SubmitJob.LIFE);
      studio.jobs.insert(job);
      return job;
    }
  }

  /** The setting is read at each call: no job is lost to one that is wrong, or not there yet. */
  @Test
  void shouldWaitForAPublicUrlThatCannotBeRead() {
    Map<String, String> settings = new HashMap<>(Map.of("RIFFHOOK_CALLBACK_SECRETS", SECRETS));
    Studio.UseCases does = settled(settings);
    for (String wrong : List.of("unreadable", "ftp://x.example", "no url", "https://x.example?a")) {
      settings.put("RIFFHOOK_PUBLIC_URL", wrong);
      Job job = submitted(does);
      assertThat(job.status()).as(wrong).isEqualTo(Status.QUEUED);
      assertThat(job.callbacks()).isTrue();
      assertThat(job.reason().orElseThrow().detail()).contains("RIFFHOOK_PUBLIC_URL");
      assertThat(studio.health.troubles("useapi")).as("the provider is well").isEmpty();
    }
    assertThat(studio.provider.orders()).isEmpty();

    Job job = submitted(does);
    settings.put("RIFFHOOK_PUBLIC_URL", "https://new.example/");
    studio.provider.submits(TAKEN);
    studio.clock.set(job.submission().at());
    does.call.resume(job.id());

    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
    assertThat(studio.provider.orders())
        .singleElement()
        .satisfies(
            order ->
                assertThat(order.callback())
                    .hasValueSatisfying(
                        url ->
                            assertThat(url.toString())
                                .startsWith("https://new.example/callbacks/useapi/")));
  }

  @Test
  void shouldWaitForCallbackSecretsThatAreWrong() {
    Job job =
        submitted(
            settled(
                Map.of(
                    "RIFFHOOK_PUBLIC_URL", "https://x.example",
                    "RIFFHOOK_CALLBACK_SECRETS", "short")));
    assertThat(job.status()).isEqualTo(Status.QUEUED);
    assertThat(job.reason().orElseThrow().detail())
        .contains("RIFFHOOK_CALLBACK_SECRETS must hold at least one secret")
        .doesNotContain("short");
    assertThat(studio.provider.orders()).isEmpty();
  }

  @Test
  void shouldWaitForASettingThatTheProviderCannotUse() {
    studio.provider.submits(
        () -> {
          throw new Settings.UnusableSettingException("STANDARD_MAPPING is not JSON");
        });
    Job job = studio.submittedAs(Studio.request());
    assertThat(job.status()).isEqualTo(Status.QUEUED);
    assertThat(job.reason())
        .contains(Reasons.unavailable("useapi", "STANDARD_MAPPING is not JSON"));
  }

  private Studio.UseCases settled(Map<String, String> settings) {
    return studio.with(
        new Providers(List.of(studio.provider)),
        CallbackUrls.from(
            name -> {
              if ("unreadable".equals(settings.get(name))) {
                throw new Settings.UnusableSettingException(name + " cannot be read");
              }
              return Optional.ofNullable(settings.get(name));
            }));
  }

  private Job submitted(Studio.UseCases does) {
    return does.submit.submit(Studio.ALICE, Studio.request(), Optional.empty())
            instanceof SubmitJob.Result.Submitted submitted
        ? submitted.job()
        : fail("not submitted");
  }

  @Test
  void shouldIgnoreAMessageForAJobThatIsNotQueued() {
    Job job = studio.submitted(Studio.request(), "p1");
    studio.does.call.resume(job.id());
    studio.does.call.resume(new JobId("never-was"));
    assertThat(studio.now(job)).isEqualTo(job);
    assertThat(studio.provider.orders()).hasSize(1);
    assertThat(studio.queues.messages()).isEmpty();
  }

  @Test
  void shouldLetOneOfManyMessagesMakeTheCall() throws Exception {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()), TAKEN);
    Job job = studio.submittedAs(Studio.request());
    studio.clock.set(job.submission().at());
    Race.of(
        8,
        i -> {
          studio.does.call.resume(job.id());
          return i;
        });
    assertThat(studio.provider.orders()).hasSize(2);
    assertThat(studio.now(job).status()).isEqualTo(Status.SUBMITTED);
  }

  @Test
  void shouldSayWhichProviderIsConfiguredNoMore() {
    studio.provider.submits(new SubmitOutcome.TryLater(BUSY, Optional.empty()));
    Job job = studio.submittedAs(naming("useapi"));
    studio.clock.set(job.submission().at());
    var does =
        new Studio.UseCases(
            new Studio.Ports(
                studio.jobs,
                studio.songs,
                studio.assets,
                studio.queues,
                new Providers(List.of(FakeProvider.named("other")))),
            new CallbackUrls(Optional.empty(), () -> studio.tokens),
            studio.clock);
    assertThatThrownBy(() -> does.call.resume(job.id()))
        .isInstanceOf(Providers.UnknownProviderException.class)
        .hasMessage("the provider useapi is not configured; add it to RIFFHOOK_PROVIDERS");
  }

  private static JobRequest naming(String provider) {
    JobRequest request = Studio.request();
    return new JobRequest(
        request.operation(),
        Optional.of(provider),
        request.model(),
        request.formats(),
        request.reference(),
        Optional.empty(),
        Optional.empty());
  }

  private List<InMemoryQueues.SubmissionDue> submissions() {
    return studio.queues.messages(InMemoryQueues.SubmissionDue.class);
  }
}
