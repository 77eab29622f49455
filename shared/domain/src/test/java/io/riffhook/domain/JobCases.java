package io.riffhook.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Jobs of every shape, and changes on both sides of every guard. */
public final class JobCases {
  /** A moment with all nine digits, which a store must keep. */
  public static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123456789Z");

  // Ids as providers give them, and worse: each of these means something to some query language.
  static final String JOB_1 = "job:6f0c-user:777-me@example.com";
  static final String JOB_2 = "a.b[0]#c:d 'e' \"f\" \\ √ü";
  static final String JOB_3 = "size";
  static final String SONG_1 = "song.1:with.dots#and:more";
  static final String SONG_2 = "status";
  static final String SONG_3 = "x y/z";

  private static final Reason REASON = new Reason("provider-busy", "try later, “please”");

  private JobCases() {}

  /** A job as submit writes it. */
  public static Job fresh(Owner owner, Instant createdAt) {
    return Job.submitting(
        new JobId(UUID.randomUUID().toString()),
        owner,
        prompt(),
        new Capabilities(
            "useapi",
            Map.of(Operation.Kind.PROMPT, FakeProvider.ANYTHING),
            Set.of(Format.MP3, Format.WAV, Format.STEMS),
            List.of("FUZZ-0.8"),
            true,
            Duration.ofSeconds(8),
            Set.of()),
        true,
        createdAt,
        Duration.ofHours(2));
  }

  /** The job in a status, in every shape that differs for a guard. */
  static List<Job> shapes(Job fresh, Status status) {
    return List.of(
        new JobDraft(fresh, status).job(),
        new JobDraft(fresh, status)
            .submission(new Submission.Waiting(T0))
            .unknowns(1)
            .reason(REASON)
            .job(),
        new JobDraft(fresh, status).submission(new Submission.Waiting(T0, 2)).job(),
        new JobDraft(fresh, status)
            .submission(new Submission.Unknown(T0, T0.plusSeconds(60)))
            .unknowns(1)
            .job(),
        new JobDraft(fresh, status)
            .submission(new Submission.Accepted(T0))
            .unknowns(1)
            .providerJobs(JOB_1)
            .job(),
        new JobDraft(fresh, status)
            .submission(new Submission.Accepted(T0))
            .account("me@example.com")
            .providerJobs(JOB_1, JOB_2)
            .woken(JOB_1)
            .progress(40)
            .job(),
        new JobDraft(fresh, status)
            .submission(new Submission.Unknown(T0))
            .providerJobs(JOB_1)
            .woken(JOB_1)
            .collected(JOB_1)
            .songs(Map.of(SONG_1, 1))
            .job(),
        new JobDraft(fresh, status)
            .request(compose())
            .submission(new Submission.Accepted(T0))
            .account("other")
            .attempt(2)
            .calls(2)
            .providerJobs(JOB_2, JOB_1)
            .woken(JOB_1, JOB_2)
            .collected(JOB_1, JOB_2)
            .songs(Map.of(SONG_1, 1, SONG_2, 2))
            .stored(1)
            .progress(100)
            .checks(5)
            .reason(REASON)
            .events(
                new JobEvent(1, EventType.JOB_SUBMITTED, T0, OptionalInt.empty()),
                new JobEvent(2, EventType.SONG_STORED, T0.plusSeconds(3), OptionalInt.of(1)))
            .told(1)
            .progressWanted(true)
            .progressToldAt(T0.plusSeconds(30).truncatedTo(ChronoUnit.MILLIS))
            .job());
  }

  /** Every kind of change, on both sides of its guard for some shape. */
  static List<JobChange> changes() {
    Instant at = T0.plusSeconds(30);
    Optional<String> account = Optional.of("me@example.com");
    return List.of(
        new JobChange.CallStarted(1, at),
        new JobChange.CallStarted(2, at),
        new JobChange.CallStarted(3, at),
        new JobChange.Accepted(List.of(JOB_1, JOB_2), account, at),
        new JobChange.Accepted(List.of(JOB_2), Optional.empty(), at),
        new JobChange.AcceptedLate(List.of(JOB_2, JOB_1), account, at),
        new JobChange.AcceptedLate(List.of(), Optional.empty(), at),
        new JobChange.Adopted(JOB_1),
        new JobChange.Adopted(JOB_3),
        new JobChange.Postponed(REASON, at),
        new JobChange.PreparationPostponed(2, at, Optional.of(REASON)),
        new JobChange.PreparationPostponed(3, at, Optional.empty()),
        new JobChange.LookUpPostponed(T0, at),
        new JobChange.LookUpPostponed(T0.plusSeconds(60), at),
        new JobChange.Moved("musicapi", Set.of(Format.M4A), false, Optional.of(REASON), 1, at),
        new JobChange.Moved("mureka", Set.of(Format.MP3), true, Optional.empty(), 1, at),
        new JobChange.Moved("mureka", Set.of(Format.MP3), true, Optional.empty(), 2, at),
        new JobChange.OutcomeUnknown(REASON, at),
        new JobChange.Progressed(1, 0),
        new JobChange.Progressed(1, 40),
        new JobChange.Progressed(1, 41),
        new JobChange.Progressed(2, 99),
        new JobChange.Progressed(2, 100),
        new JobChange.Woken(1, JOB_1),
        new JobChange.Woken(1, JOB_2),
        new JobChange.Woken(2, JOB_2),
        new JobChange.Woken(2, JOB_3),
        new JobChange.WokenLate(1, JOB_1),
        new JobChange.WokenLate(1, JOB_2),
        new JobChange.WokenLate(2, JOB_2),
        new JobChange.WokenLate(2, JOB_3),
        new JobChange.WokenInVain(JOB_1),
        new JobChange.WokenInVain(JOB_3),
        new JobChange.SongSeen(SONG_1, 1),
        new JobChange.SongSeen(SONG_1, 2),
        new JobChange.SongSeen(SONG_2, 2),
        new JobChange.SongSeen(SONG_2, 3),
        new JobChange.SongSeen(SONG_3, 1),
        new JobChange.SongSeen(SONG_3, 3),
        new JobChange.Collected(JOB_1),
        new JobChange.Collected(JOB_3),
        new JobChange.GaveNoSong(JOB_1, REASON),
        new JobChange.GaveNoSong(JOB_3, Reasons.noSong("useapi")),
        new JobChange.SongStored(1),
        new JobChange.SongStored(2),
        new JobChange.Noted(REASON),
        new JobChange.Ready(),
        new JobChange.Ended(Status.FAILED, REASON),
        new JobChange.Ended(Status.REJECTED, REASON),
        new JobChange.Ended(Status.CANCELLED, Reasons.cancelled()),
        new JobChange.CheckSent(1),
        new JobChange.CheckSent(2),
        new JobChange.CheckSent(6),
        new JobChange.Told(1, true),
        new JobChange.Told(3, false),
        new JobChange.ProgressTold(at),
        new JobChange.ProgressTold(at.plusMillis(400)),
        new JobChange.ProgressTold(at.plusSeconds(3)),
        new JobChange.Restarted(2, at, at),
        new JobChange.Restarted(3, at, at),
        new JobChange.Resumed(2, at),
        new JobChange.Resumed(3, at));
  }

  private static JobRequest prompt() {
    return new JobRequest(
        new Operation.Prompt("jazzy k-pop song\nabout a “distant” lover", false),
        Optional.empty(),
        Optional.of("FUZZ-0.8"),
        Set.of(Format.STEMS, Format.MP3),
        Optional.of("order-1234"),
        Optional.empty(),
        Optional.empty());
  }

  private static JobRequest compose() {
    return new JobRequest(
        new Operation.Compose(
            Optional.of("Paper Boats"),
            Optional.of(new Operation.Lyrics.Written("la la\nla")),
            List.of(
                new Operation.Sound(
                    "lo-fi",
                    OptionalDouble.of(1),
                    OptionalDouble.of(0),
                    OptionalDouble.of(1.0 / 3)),
                new Operation.Sound(
                    "", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty())),
            Operation.Controls.NONE,
            Optional.empty(),
            Optional.empty()),
        Optional.of("useapi"),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.of(
            new Webhook(
                URI.create("https://shop.example/hooks?a=b"),
                Set.of(EventType.JOB_READY, EventType.SONG_STORED))),
        Optional.of(new BatchLine(new BatchId("batch-1"), 7)));
  }
}
