package io.riffhook.domain;

import static io.riffhook.domain.Status.FAILED;
import static io.riffhook.domain.Status.GENERATING;
import static io.riffhook.domain.Status.OPEN;
import static io.riffhook.domain.Status.QUEUED;
import static io.riffhook.domain.Status.READY;
import static io.riffhook.domain.Status.STORING;
import static io.riffhook.domain.Status.SUBMITTED;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One move of a job, as data. A store applies it in one conditional write: where its guard does not
 * hold (the job is in another state, or already knows) nothing changes. {@link Transitions} says
 * what each one does.
 */
public sealed interface JobChange {

  /**
   * From which states to which state the change leads.
   *
   * @param from the states a job may be in for it to apply
   * @param to the state it moves the job to, or empty where the job keeps its own
   */
  record Move(Set<Status> from, Optional<Status> to) {
    private static Move from(Set<Status> from) {
      return new Move(from, Optional.empty());
    }

    private Move to(Status to) {
      return new Move(from, Optional.of(to));
    }
  }

  /** The table of all moves. */
  default Move move() {
    return switch (this) {
      case CallStarted _,
          Postponed _,
          PreparationPostponed _,
          Moved _,
          OutcomeUnknown _,
          LookUpPostponed _ ->
          Move.from(Set.of(QUEUED));
      case Accepted _ -> Move.from(Set.of(QUEUED)).to(SUBMITTED);
      case AcceptedLate _ -> Move.from(Set.of(GENERATING, STORING));
      case Progressed _, Woken _ -> Move.from(Set.of(QUEUED, SUBMITTED, GENERATING)).to(GENERATING);
      case WokenLate _ -> Move.from(Set.of(STORING));
      case Adopted _, WokenInVain _, SongSeen _, GaveNoSong _, SongStored _, Noted _ ->
          Move.from(OPEN);
      case Collected _ -> Move.from(OPEN).to(STORING);
      case Ready _ -> Move.from(Set.of(STORING)).to(READY);
      case Ended ended -> Move.from(OPEN).to(ended.status());
      case Restarted _ -> Move.from(Set.of(FAILED)).to(QUEUED);
      case Resumed _ -> Move.from(Set.of(FAILED)).to(STORING);
      case CheckSent _, Told _, ProgressTold _ -> Move.from(EnumSet.allOf(Status.class));
    };
  }

  /** Whether it is news to the job's owner, and so the job's latest change. */
  default boolean isNews() {
    return !(this instanceof Told || this instanceof ProgressTold);
  }

  /** What the job's owner is told of it, where it is something. */
  default Optional<EventType> event() {
    return switch (this) {
      case Accepted _, AcceptedLate _ -> Optional.of(EventType.JOB_SUBMITTED);
      case SongStored _ -> Optional.of(EventType.SONG_STORED);
      case Ready _ -> Optional.of(EventType.JOB_READY);
      case Ended ended -> Optional.of(EventType.ofEnd(ended.status()));
      case CallStarted _,
          Postponed _,
          PreparationPostponed _,
          Moved _,
          OutcomeUnknown _,
          LookUpPostponed _,
          Adopted _,
          Progressed _,
          Woken _,
          WokenLate _,
          WokenInVain _,
          SongSeen _,
          Collected _,
          GaveNoSong _,
          Noted _,
          CheckSent _,
          Restarted _,
          Resumed _,
          Told _,
          ProgressTold _ ->
          Optional.empty();
    };
  }

  /** The number of the song that {@link #event} is about, where it is about one. */
  default OptionalInt eventSong() {
    return this instanceof SongStored stored
        ? OptionalInt.of(stored.number())
        : OptionalInt.empty();
  }

  /** A call to the provider is about to start. Guard: it is the next one, by number. */
  record CallStarted(int call, Instant at) implements JobChange {}

  /** The provider took the job. */
  record Accepted(List<String> providerJobs, Optional<String> account, Instant at)
      implements JobChange {
    public Accepted {
      providerJobs = List.copyOf(providerJobs);
    }
  }

  /** As {@link Accepted}, for a job whose callback was faster. Guard: no provider job is known. */
  record AcceptedLate(List<String> providerJobs, Optional<String> account, Instant at)
      implements JobChange {
    public AcceptedLate {
      providerJobs = List.copyOf(providerJobs);
    }
  }

  /**
   * A callback named a provider job, and the answer that would have named it never came. Guard: the
   * submission is not {@link Accepted} and the provider job is not known.
   */
  record Adopted(String providerJob) implements JobChange {}

  /** The call bought nothing; the next one may start at a time. */
  record Postponed(Reason reason, Instant until) implements JobChange {}

  /**
   * The provider cannot have the job's files yet; the next try is due at a time. Guard: the job
   * waits for its call, and the number of the try is the next one. Of several messages with one
   * number, only one can write this and send the next message.
   *
   * @param number the number of the next try, 2 or more
   * @param reason why the files are not ready, if the owner should know
   */
  record PreparationPostponed(int number, Instant until, Optional<Reason> reason)
      implements JobChange {}

  /**
   * Another provider takes the job, before anything was bought. Guard: no call ended without an
   * answer, no provider job is known, and nobody has started a call meanwhile.
   *
   * @param calls how many calls there were when it was decided
   * @param at when the call to it may start
   */
  record Moved(
      String provider,
      Set<Format> formats,
      boolean callbacks,
      Optional<Reason> reason,
      int calls,
      Instant at)
      implements JobChange {
    public Moved {
      formats = Set.copyOf(formats);
    }
  }

  /** The call ended without an answer. Guard: a call is under way. */
  record OutcomeUnknown(Reason reason, Instant until) implements JobChange {}

  /**
   * The provider could not say whether it has the job; it is looked up again at a time. Guard: the
   * outcome of the call is unknown, and the look-up was due when this message expected it.
   *
   * @param known when the look-up that was just made was due
   */
  record LookUpPostponed(Instant known, Instant next) implements JobChange {}

  /**
   * The provider told how far it is. Guard: the attempt is this one, and it is further than known.
   */
  record Progressed(int attempt, int progress) implements JobChange {}

  /**
   * How many provider jobs a job remembers to have been woken by. Whoever knows a callback URL
   * could name ever new ones, each of which costs a message and some reads, and a place in the
   * item.
   */
  int MAX_WOKEN = 16;

  /**
   * The final callback of a provider job came. Guard: the attempt is this one; it is the first;
   * fewer than {@link #MAX_WOKEN} came.
   */
  record Woken(int attempt, String providerJob) implements JobChange {}

  /** As {@link Woken}, where another song of the job is being stored already. */
  record WokenLate(int attempt, String providerJob) implements JobChange {}

  /** The final callback of a provider job was not true: the next one wakes again. */
  record WokenInVain(String providerJob) implements JobChange {}

  /**
   * A song of the provider is seen for the first time. Guard: it has no number; the number is next.
   */
  record SongSeen(String providerSong, int number) implements JobChange {}

  /** The songs of a provider job were read and written down. */
  record Collected(String providerJob) implements JobChange {}

  /** A provider job ended without a song. */
  record GaveNoSong(String providerJob, Reason reason) implements JobChange {}

  /** The assets of a song are all settled. Guard: nobody has said so in this attempt. */
  record SongStored(int number) implements JobChange {}

  /** Something the owner should know while the job goes on. */
  record Noted(Reason reason) implements JobChange {}

  /** Every song is stored. */
  record Ready() implements JobChange {}

  /** The job ended without being ready. */
  record Ended(Status status, Reason reason) implements JobChange {
    public Ended {
      if (!status.isTerminal() || status == READY) {
        throw new IllegalArgumentException("a job cannot end as " + status);
      }
    }
  }

  /** A check message was sent. Guard: its number is higher than the latest known. */
  record CheckSent(int number) implements JobChange {}

  /**
   * The first events were handed on. Guard: it is more of them than known.
   *
   * @param events how many
   * @param progressWanted whether anybody asked to be told of the job's progress
   */
  record Told(int events, boolean progressWanted) implements JobChange {}

  /** How long at least it is between two tellings of a job's progress. */
  Duration PROGRESS_PACE = Duration.ofSeconds(1);

  /** The progress is told. Guard: it was not within the {@link #PROGRESS_PACE} before. */
  record ProgressTold(Instant at) implements JobChange {
    public ProgressTold {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** The owner runs a failed job again from the start. Guard: no song of it exists. */
  record Restarted(int attempt, Instant deadline, Instant at) implements JobChange {}

  /** The owner runs a failed job again from the songs it bought. Guard: a song of it exists. */
  record Resumed(int attempt, Instant deadline) implements JobChange {}
}
