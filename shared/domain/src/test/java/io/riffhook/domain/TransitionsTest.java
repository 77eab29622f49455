package io.riffhook.domain;

import static io.riffhook.domain.JobCases.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TransitionsTest {
  private static final Instant NOW = T0.plusSeconds(60);
  private static final Instant AT = T0.plusSeconds(30);
  private static final Reason WHY = new Reason("why", "because");
  private static final Job FRESH = JobCases.fresh(new Owner("owner"), T0);

  /**
   * The state after each change from each state, for jobs that no other guard holds back: a dot is
   * no move, {@code =} a change that keeps the state.
   */
  private static final String TABLE =
      """
                        QUEUED     SUBMITTED  GENERATING STORING    READY REJECTED FAILED  CANCELLED
      CallStarted       =          .          .          .          .     .        .       .
      Accepted          SUBMITTED  .          .          .          .     .        .       .
      AcceptedLate      .          .          =          =          .     .        .       .
      Adopted           =          =          =          =          .     .        .       .
      Postponed         =          .          .          .          .     .        .       .
      PreparationPostponed =       .          .          .          .     .        .       .
      Moved             =          .          .          .          .     .        .       .
      OutcomeUnknown    =          .          .          .          .     .        .       .
      LookUpPostponed   =          .          .          .          .     .        .       .
      Progressed        GENERATING GENERATING =          .          .     .        .       .
      Woken             GENERATING GENERATING =          .          .     .        .       .
      WokenLate         .          .          .          =          .     .        .       .
      WokenInVain       =          =          =          =          .     .        .       .
      SongSeen          =          =          =          =          .     .        .       .
      Collected         STORING    STORING    STORING    =          .     .        .       .
      GaveNoSong        =          =          =          =          .     .        .       .
      SongStored        =          =          =          =          .     .        .       .
      Noted             =          =          =          =          .     .        .       .
      Ready             .          .          .          READY      .     .        .       .
      Rejected          REJECTED   REJECTED   REJECTED   REJECTED   .     .        .       .
      Failed            FAILED     FAILED     FAILED     FAILED     .     .        .       .
      Cancelled         CANCELLED  CANCELLED  CANCELLED  CANCELLED  .     .        .       .
      CheckSent         =          =          =          =          =     =        =       =
      Told              =          =          =          =          =     =        =       =
      ProgressTold      =          =          =          =          =     =        =       =
      Restarted         .          .          .          .          .     .        QUEUED  .
      Resumed           .          .          .          .          .     .        STORING .
      """;

  private static final Map<String, JobChange> CHANGES =
      Map.ofEntries(
          Map.entry("CallStarted", new JobChange.CallStarted(2, AT)),
          Map.entry("Accepted", new JobChange.Accepted(List.of("p1"), Optional.empty(), AT)),
          Map.entry(
              "AcceptedLate", new JobChange.AcceptedLate(List.of("p1"), Optional.empty(), AT)),
          Map.entry("Adopted", new JobChange.Adopted("p1")),
          Map.entry("Postponed", new JobChange.Postponed(WHY, AT)),
          Map.entry(
              "Moved",
              new JobChange.Moved("other", Set.of(Format.M4A), false, Optional.of(WHY), 1, AT)),
          Map.entry(
              "PreparationPostponed", new JobChange.PreparationPostponed(2, AT, Optional.of(WHY))),
          Map.entry("OutcomeUnknown", new JobChange.OutcomeUnknown(WHY, AT)),
          Map.entry("LookUpPostponed", new JobChange.LookUpPostponed(T0, AT)),
          Map.entry("Progressed", new JobChange.Progressed(1, 10)),
          Map.entry("Woken", new JobChange.Woken(1, "p1")),
          Map.entry("WokenLate", new JobChange.WokenLate(1, "p1")),
          Map.entry("WokenInVain", new JobChange.WokenInVain("p1")),
          Map.entry("SongSeen", new JobChange.SongSeen("s2", 2)),
          Map.entry("Collected", new JobChange.Collected("p1")),
          Map.entry("GaveNoSong", new JobChange.GaveNoSong("p1", WHY)),
          Map.entry("SongStored", new JobChange.SongStored(1)),
          Map.entry("Noted", new JobChange.Noted(WHY)),
          Map.entry("Ready", new JobChange.Ready()),
          Map.entry("Rejected", new JobChange.Ended(Status.REJECTED, WHY)),
          Map.entry("Failed", new JobChange.Ended(Status.FAILED, WHY)),
          Map.entry("Cancelled", new JobChange.Ended(Status.CANCELLED, WHY)),
          Map.entry("CheckSent", new JobChange.CheckSent(2)),
          Map.entry("Told", new JobChange.Told(1, false)),
          Map.entry("ProgressTold", new JobChange.ProgressTold(AT)),
          Map.entry("Restarted", new JobChange.Restarted(2, AT, AT)),
          Map.entry("Resumed", new JobChange.Resumed(2, AT)));

  /** What goes on until the job's end is told. */
  private static final Set<Class<?>> BOOKKEEPING =
      Set.of(JobChange.CheckSent.class, JobChange.Told.class, JobChange.ProgressTold.class);

  static Stream<Arguments> cells() {
    List<String> rows = TABLE.lines().toList();
    List<Status> statuses =
        Arrays.stream(rows.getFirst().strip().split("\\s+")).map(Status::valueOf).toList();
    return rows.stream()
        .skip(1)
        .map(row -> row.split("\\s+"))
        .flatMap(
            row ->
                statuses.stream()
                    .map(from -> Arguments.of(row[0], from, row[1 + statuses.indexOf(from)])));
  }

  @Test
  void shouldCoverEveryStatusAndEveryChange() {
    assertThat(cells()).hasSize(CHANGES.size() * Status.values().length);
    assertThat(CHANGES.values().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(
            Arrays.stream(JobChange.class.getPermittedSubclasses())
                .filter(kind -> !kind.equals(JobChange.Move.class))
                .toArray(Class<?>[]::new));
  }

  @ParameterizedTest(name = "{0} from {1}: {2}")
  @MethodSource("cells")
  void shouldMoveAsTheTableSays(String change, Status from, String cell) {
    // Given
    Submission submission =
        switch (change) {
          case "OutcomeUnknown" -> new Submission.InFlight(T0);
          case "LookUpPostponed" -> new Submission.Unknown(T0);
          default -> new Submission.Waiting(T0);
        };
    JobDraft draft = new JobDraft(FRESH, from).submission(submission);
    Job job = change.equals("Restarted") ? draft.job() : draft.songs(Map.of("s1", 1)).job();

    // When
    Optional<Status> to =
        Transitions.apply(job, Objects.requireNonNull(CHANGES.get(change)), NOW).map(Job::status);

    // Then
    Optional<Status> expected =
        switch (cell) {
          case "." -> Optional.empty();
          case "=" -> Optional.of(from);
          default -> Optional.of(Status.valueOf(cell));
        };
    assertThat(to).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void shouldNeverMoveBackButToRunAFailedJobAgain(Status from) {
    for (Job job : JobCases.shapes(FRESH, from)) {
      for (JobChange change : JobCases.changes()) {
        boolean again =
            change instanceof JobChange.Restarted || change instanceof JobChange.Resumed;
        Transitions.apply(job, change, NOW)
            .filter(_ -> !again)
            .ifPresent(
                after -> assertThat(after.status()).as("%s", change).isGreaterThanOrEqualTo(from));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"READY", "REJECTED", "CANCELLED"})
  void shouldLeaveAJobThatHasEndedAlone(Status ended) {
    for (Job job : JobCases.shapes(FRESH, ended)) {
      for (JobChange change : JobCases.changes()) {
        if (!BOOKKEEPING.contains(change.getClass())) {
          assertThat(Transitions.apply(job, change, NOW)).as("%s", change).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"QUEUED", "SUBMITTED", "GENERATING", "STORING", "READY"})
  void shouldRefuseAnEndThatIsNone(Status status) {
    assertThatThrownBy(() -> new JobChange.Ended(status, WHY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a job cannot end as " + status);
  }

  static Stream<Arguments> guards() {
    Job waiting = queued().submission(new Submission.Waiting(T0)).calls(3).job();
    Job inFlight = queued().submission(new Submission.InFlight(T0)).calls(3).job();
    Job preparing = queued().submission(new Submission.Waiting(T0, 2)).calls(3).job();
    Job looking = queued().submission(new Submission.Unknown(T0, AT)).job();
    Job oneUnknown = queued().submission(new Submission.Unknown(T0)).calls(3).unknowns(1).job();
    Job named = queued().submission(new Submission.Waiting(T0)).calls(3).providerJobs("p1").job();
    Job generating = new JobDraft(FRESH, Status.GENERATING).progress(40).attempt(2).job();
    Job woken = new JobDraft(FRESH, Status.GENERATING).woken("p1").attempt(2).job();
    Job storing = new JobDraft(FRESH, Status.STORING).woken("p1").attempt(2).job();
    Job unanswered =
        new JobDraft(FRESH, Status.GENERATING)
            .submission(new Submission.Unknown(T0))
            .providerJobs("p1")
            .job();
    Job answered =
        new JobDraft(FRESH, Status.GENERATING).submission(new Submission.Accepted(T0)).job();
    Job found =
        new JobDraft(FRESH, Status.GENERATING)
            .submission(new Submission.Accepted(T0))
            .unknowns(1)
            .job();
    Job twoSongs = new JobDraft(FRESH, Status.STORING).songs(Map.of("s1", 1, "s2", 2)).job();
    Job checked = queued().checks(4).job();
    Job failed = new JobDraft(FRESH, Status.FAILED).attempt(3).job();
    Job failedWithSong = new JobDraft(FRESH, Status.FAILED).attempt(3).songs(Map.of("s1", 1)).job();
    return Stream.of(
        // Two invocations that take the same message must not both call.
        Arguments.of("call taken by its number", waiting, new JobChange.CallStarted(4, AT), true),
        Arguments.of("call made already", waiting, new JobChange.CallStarted(3, AT), false),
        Arguments.of("call skipped", waiting, new JobChange.CallStarted(5, AT), false),
        Arguments.of("call under way", inFlight, new JobChange.CallStarted(4, AT), false),
        // One that is slow to move a job must not undo a call that another has started meanwhile.
        // Of messages that repeat one another, only one may send the next.
        Arguments.of("next try", waiting, preparation(2), true),
        Arguments.of("same try again", waiting, preparation(1), false),
        Arguments.of("try skipped", waiting, preparation(3), false),
        Arguments.of("third try", preparing, preparation(3), true),
        Arguments.of("second try again", preparing, preparation(2), false),
        Arguments.of("preparation of a call under way", inFlight, preparation(2), false),
        Arguments.of("look-up", looking, new JobChange.LookUpPostponed(AT, NOW), true),
        Arguments.of("look-up again", looking, new JobChange.LookUpPostponed(T0, NOW), false),
        Arguments.of(
            "look-up of a waiting call", waiting, new JobChange.LookUpPostponed(T0, NOW), false),
        Arguments.of("call lost", inFlight, new JobChange.OutcomeUnknown(WHY, AT), true),
        Arguments.of("call lost twice", looking, new JobChange.OutcomeUnknown(WHY, AT), false),
        // An unknown outcome may be a purchase: another provider would be a second one.
        Arguments.of("moved after an unknown outcome", oneUnknown, moved(3), false),
        Arguments.of("moved as it was read", waiting, moved(3), true),
        Arguments.of("called meanwhile", inFlight, moved(2), false),
        Arguments.of("moved when a provider job is known", named, moved(3), false),
        Arguments.of("late answer", unanswered, late(), true),
        Arguments.of("second answer", answered, late(), false),
        Arguments.of("new name", unanswered, new JobChange.Adopted("p2"), true),
        Arguments.of("known name", unanswered, new JobChange.Adopted("p1"), false),
        Arguments.of("the answer named all", answered, new JobChange.Adopted("p2"), false),
        Arguments.of("found in a list", found, new JobChange.Adopted("p2"), true),
        Arguments.of("further", generating, new JobChange.Progressed(2, 41), true),
        Arguments.of("no further", generating, new JobChange.Progressed(2, 40), false),
        Arguments.of("back", generating, new JobChange.Progressed(2, 39), false),
        Arguments.of("old attempt's progress", generating, new JobChange.Progressed(1, 99), false),
        Arguments.of("future attempt's", generating, new JobChange.Progressed(3, 99), false),
        Arguments.of("first wake-up", woken, new JobChange.Woken(2, "p2"), true),
        Arguments.of("repeated wake-up", woken, new JobChange.Woken(2, "p1"), false),
        Arguments.of("old attempt's wake-up", woken, new JobChange.Woken(1, "p2"), false),
        Arguments.of("first late wake-up", storing, new JobChange.WokenLate(2, "p2"), true),
        Arguments.of("repeated late wake-up", storing, new JobChange.WokenLate(2, "p1"), false),
        Arguments.of("old attempt's late one", storing, new JobChange.WokenLate(1, "p2"), false),
        Arguments.of("next number", twoSongs, new JobChange.SongSeen("s3", 3), true),
        Arguments.of("number taken", twoSongs, new JobChange.SongSeen("s3", 2), false),
        Arguments.of("number skipped", twoSongs, new JobChange.SongSeen("s3", 4), false),
        Arguments.of("song with a number", twoSongs, new JobChange.SongSeen("s1", 3), false),
        Arguments.of("next check", checked, new JobChange.CheckSent(5), true),
        Arguments.of("same check", checked, new JobChange.CheckSent(4), false),
        Arguments.of("old check", checked, new JobChange.CheckSent(3), false),
        Arguments.of("restart", failed, new JobChange.Restarted(4, AT, AT), true),
        Arguments.of("second restart", failed, new JobChange.Restarted(3, AT, AT), false),
        // Its song is paid: starting from nothing would buy another.
        Arguments.of(
            "restart of a paid", failedWithSong, new JobChange.Restarted(4, AT, AT), false),
        Arguments.of("resume", failedWithSong, new JobChange.Resumed(4, AT), true),
        Arguments.of("second resume", failedWithSong, new JobChange.Resumed(3, AT), false),
        Arguments.of("resume of nothing", failed, new JobChange.Resumed(4, AT), false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("guards")
  void shouldHoldBackWhatTheGuardForbids(String name, Job job, JobChange change, boolean applies) {
    assertThat(Transitions.apply(job, change, NOW))
        .as(name)
        .matches(to -> to.isPresent() == applies);
  }

  @Nested
  @DisplayName("What a change writes")
  class Effects {
    private final Job full =
        new JobDraft(FRESH, Status.GENERATING)
            .submission(new Submission.Accepted(T0))
            .account("a1")
            .providerJobs("p1", "p2")
            .woken("p1")
            .collected("p1")
            .songs(Map.of("s1", 1))
            .stored(1)
            .progress(40)
            .reason(WHY)
            .calls(2)
            .unknowns(1)
            .checks(3)
            .job();

    private Job after(Job job, JobChange change) {
      Job after = Transitions.apply(job, change, NOW).orElseThrow();
      assertThat(after.updatedAt()).isEqualTo(NOW);
      assertThat(after.createdAt()).isEqualTo(job.createdAt());
      assertThat(after.request()).isEqualTo(job.request());
      return after;
    }

    private JobDraft full(Status status) {
      return new JobDraft(full, status).updatedAt(NOW);
    }

    @Test
    void shouldClaimACallByItsNumber() {
      Job job = queued().submission(new Submission.Waiting(T0)).reason(WHY).job();
      Job after = after(job, new JobChange.CallStarted(2, AT));
      assertThat(after.calls()).isEqualTo(2);
      assertThat(after.submission()).isEqualTo(new Submission.InFlight(AT));
      assertThat(after.reason()).as("what happened last stays to be seen").contains(WHY);
    }

    @Test
    void shouldForgetWhyItWaitedOnceItIsTaken() {
      Job after =
          after(
              queued().reason(WHY).job(),
              new JobChange.Accepted(List.of("p2", "p1"), Optional.of("a1"), AT));
      assertThat(after.providerJobs()).containsExactly("p2", "p1");
      assertThat(after.account()).contains("a1");
      assertThat(after.submission()).isEqualTo(new Submission.Accepted(AT));
      assertThat(after.reason()).isEmpty();
    }

    @Test
    void shouldKeepWhatTheCallbackBroughtWhenTheAnswerComesLate() {
      Job job =
          new JobDraft(FRESH, Status.GENERATING)
              .woken("p1")
              .providerJobs("p1")
              .collected("p1")
              .reason(WHY)
              .job();
      Job after =
          after(job, new JobChange.AcceptedLate(List.of("p1", "p2"), Optional.of("a1"), AT));
      assertThat(after.providerJobs()).containsExactly("p1", "p2");
      assertThat(after.uncollected()).containsExactly("p2");
      assertThat(after.woken()).containsExactly("p1");
      assertThat(after.reason()).contains(WHY);
    }

    @Test
    void shouldCountTheCallsThatEndedUnknown() {
      Job after = after(queued().unknowns(1).job(), new JobChange.OutcomeUnknown(WHY, AT));
      assertThat(after.unknowns()).isEqualTo(2);
      assertThat(after.submission()).isEqualTo(new Submission.Unknown(AT));
      assertThat(after.reason()).contains(WHY);
    }

    @Test
    void shouldWaitAfterAPostponedCallUntilItsTime() {
      Job after = after(queued().job(), new JobChange.Postponed(WHY, AT));
      assertThat(after.submission()).isEqualTo(new Submission.Waiting(AT));
      assertThat(after.calls()).isEqualTo(1);
      assertThat(after.unknowns()).isZero();
      assertThat(after.reason()).contains(WHY);
    }

    @Test
    void shouldCountTheTriesOfAPreparation() {
      Job job = queued().submission(new Submission.Waiting(T0)).job();
      Job second = after(job, new JobChange.PreparationPostponed(2, AT, Optional.of(WHY)));
      assertThat(second.submission()).isEqualTo(new Submission.Waiting(AT, 2));
      assertThat(second.reason()).contains(WHY);
      Job third = after(second, new JobChange.PreparationPostponed(3, NOW, Optional.empty()));
      assertThat(third.submission()).isEqualTo(new Submission.Waiting(NOW, 3));
      assertThat(third.reason()).as("the last known reason").contains(WHY);
      assertThat(after(third, new JobChange.CallStarted(2, AT)).submission())
          .isEqualTo(new Submission.InFlight(AT));
    }

    @Test
    void shouldKeepWhenTheSilenceBeganWhileItIsLookedUp() {
      Job job = queued().submission(new Submission.Unknown(T0)).unknowns(1).job();
      Job after = after(job, new JobChange.LookUpPostponed(T0, AT));
      assertThat(after.submission()).isEqualTo(new Submission.Unknown(T0, AT));
      assertThat(after.unknowns()).isEqualTo(1);
    }

    @Test
    void shouldChangeNothingBesideWhatAChangeIsAbout() {
      Reason failed = new Reason("failed", "it failed");
      assertThat(after(full, new JobChange.Progressed(1, 41)))
          .isEqualTo(full(Status.GENERATING).progress(41).job());
      assertThat(after(full, new JobChange.Woken(1, "p2")))
          .isEqualTo(full(Status.GENERATING).woken("p1", "p2").job());
      assertThat(after(full, new JobChange.WokenInVain("p1")))
          .isEqualTo(full(Status.GENERATING).woken().job());
      assertThat(after(full, new JobChange.SongSeen("s2", 2)))
          .isEqualTo(full(Status.GENERATING).songs(Map.of("s1", 1, "s2", 2)).job());
      assertThat(after(full, new JobChange.Collected("p2")))
          .isEqualTo(full(Status.STORING).collected("p1", "p2").job());
      assertThat(after(full, new JobChange.Collected("p1")))
          .as("what is collected twice")
          .isEqualTo(full(Status.STORING).job());
      assertThat(after(full, new JobChange.GaveNoSong("p2", failed)))
          .isEqualTo(full(Status.GENERATING).collected("p1", "p2").reason(failed).job());
      assertThat(after(full, new JobChange.SongStored(2)))
          .isEqualTo(
              full(Status.GENERATING)
                  .stored(1, 2)
                  .events(new JobEvent(1, EventType.SONG_STORED, NOW, OptionalInt.of(2)))
                  .job());
      assertThat(Transitions.apply(full, new JobChange.Told(1, true), NOW))
          .as("no news to the owner, so the time stays")
          .contains(
              full(Status.GENERATING)
                  .told(1)
                  .progressWanted(true)
                  .updatedAt(full.updatedAt())
                  .job());
      assertThat(after(full, new JobChange.Noted(failed)))
          .isEqualTo(full(Status.GENERATING).reason(failed).job());
      assertThat(after(full, new JobChange.CheckSent(9)))
          .isEqualTo(full(Status.GENERATING).checks(9).job());
      assertThat(after(full, new JobChange.Ended(Status.CANCELLED, failed)))
          .isEqualTo(
              full(Status.CANCELLED)
                  .reason(failed)
                  .events(new JobEvent(1, EventType.JOB_CANCELLED, NOW, OptionalInt.empty()))
                  .job());
    }

    @Test
    void shouldBeAllDoneWhenItIsReady() {
      Job after = after(new JobDraft(full, Status.STORING).job(), new JobChange.Ready());
      assertThat(after.progress()).hasValue(100);
    }

    @Test
    void shouldRestartFromNothingButItsHistory() {
      Job failed = new JobDraft(full, Status.FAILED).songs(Map.of()).stored().job();
      Job after = after(failed, new JobChange.Restarted(2, AT.plusSeconds(9), AT));
      assertThat(after.submission()).isEqualTo(new Submission.Waiting(AT));
      assertThat(after.deadline()).isEqualTo(AT.plusSeconds(9));
      assertThat(after.attempt()).isEqualTo(2);
      assertThat(after.progress()).isEqualTo(OptionalInt.empty());
      assertThat(after.calls()).isZero();
      assertThat(after.unknowns()).isZero();
      assertThat(after.account()).isEmpty();
      assertThat(after.reason()).isEmpty();
      assertThat(after.providerJobs()).isEmpty();
      assertThat(after.woken()).isEmpty();
      assertThat(after.collected()).isEmpty();
      // Checks of the last attempt may still come: their numbers must stay used up.
      assertThat(after.checks()).isEqualTo(3);
    }

    @Test
    void shouldResumeWithWhatItHasBought() {
      Job after =
          after(
              new JobDraft(full, Status.FAILED).job(), new JobChange.Resumed(2, AT.plusSeconds(9)));
      assertThat(after.status()).isEqualTo(Status.STORING);
      assertThat(after.attempt()).isEqualTo(2);
      assertThat(after.deadline()).isEqualTo(AT.plusSeconds(9));
      assertThat(after.reason()).isEmpty();
      assertThat(after.providerJobs()).containsExactly("p1", "p2");
      assertThat(after.account()).contains("a1");
      assertThat(after.songNumbers()).containsOnlyKeys("s1");
      assertThat(after.submission()).isEqualTo(new Submission.Accepted(T0));
      assertThat(after.collected()).as("every provider job is read again").isEmpty();
      assertThat(after.storedSongs()).as("every song is looked at again").isEmpty();
    }
  }

  private static JobDraft queued() {
    return new JobDraft(FRESH, Status.QUEUED);
  }

  private static JobChange preparation(int number) {
    return new JobChange.PreparationPostponed(number, AT, Optional.of(WHY));
  }

  private static JobChange moved(int calls) {
    return new JobChange.Moved("other", Set.of(Format.M4A), false, Optional.empty(), calls, AT);
  }

  private static JobChange late() {
    return new JobChange.AcceptedLate(List.of("p1"), Optional.empty(), AT);
  }
}
