package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One request to a provider: the unit that is submitted, tracked and billed.
 *
 * @param provider the provider that does it
 * @param formats what is to be stored of each song
 * @param progress how much of the music is made, 0 to 100, where the provider tells
 * @param attempt 1, and one more each time the owner runs the failed job again
 * @param reason why it stands where it stands, where there is something to say
 * @param deadline when it ends as failed if it has not ended otherwise
 * @param callbacks whether the provider was given a URL to call back
 * @param submission how far the paid call has come
 * @param calls how many times the provider was asked to make a song in this attempt
 * @param unknowns how many of those calls ended without an answer
 * @param account the account at the provider that does it, where the provider tells
 * @param providerJobs the provider's ids for it, in the order of its answer
 * @param woken the provider jobs whose final callback has come
 * @param collected the provider jobs whose outcome was read from the provider
 * @param songNumbers the number of each of the provider's songs, by the provider's song id
 * @param storedSongs the numbers of the songs whose assets are all settled
 * @param checks the number of the latest check message that was sent
 * @param events what its owner is told of, in the order in which it happened
 * @param told how many of these were handed on to whoever is told
 * @param progressWanted whether anybody asked to be told of its progress
 * @param progressToldAt when its progress was told last
 */
public record Job(
    JobId id,
    Owner owner,
    JobRequest request,
    String provider,
    Set<Format> formats,
    Status status,
    OptionalInt progress,
    int attempt,
    Optional<Reason> reason,
    Instant createdAt,
    Instant updatedAt,
    Instant deadline,
    boolean callbacks,
    Submission submission,
    int calls,
    int unknowns,
    Optional<String> account,
    List<String> providerJobs,
    Set<String> woken,
    Set<String> collected,
    Map<String, Integer> songNumbers,
    Set<Integer> storedSongs,
    int checks,
    List<JobEvent> events,
    int told,
    boolean progressWanted,
    Optional<Instant> progressToldAt) {

  /** How much longer than for silence is waited for a name that the provider called by. */
  private static final int NAMES = 6;

  public Job {
    formats = Collections.unmodifiableSet(new TreeSet<>(formats));
    providerJobs = List.copyOf(providerJobs);
    woken = Collections.unmodifiableSet(new LinkedHashSet<>(woken));
    collected = Collections.unmodifiableSet(new LinkedHashSet<>(collected));
    songNumbers = Collections.unmodifiableMap(new LinkedHashMap<>(songNumbers));
    storedSongs = Collections.unmodifiableSet(new TreeSet<>(storedSongs));
    events = List.copyOf(events);
  }

  /**
   * A new job whose first call to the provider is about to start: writing it claims that call, so
   * no second write is needed before it.
   */
  public static Job submitting(
      JobId id,
      Owner owner,
      JobRequest request,
      Capabilities provider,
      boolean callbacks,
      Instant now,
      Duration life) {
    return fresh(
        id, owner, request, provider, callbacks, new Submission.InFlight(now), 1, now, life);
  }

  /** A new job whose provider must first be given the files that it starts from. */
  public static Job preparing(
      JobId id,
      Owner owner,
      JobRequest request,
      Capabilities provider,
      boolean callbacks,
      Instant now,
      Duration life) {
    return fresh(
        id, owner, request, provider, callbacks, new Submission.Waiting(now), 0, now, life);
  }

  private static Job fresh(
      JobId id,
      Owner owner,
      JobRequest request,
      Capabilities provider,
      boolean callbacks,
      Submission submission,
      int calls,
      Instant now,
      Duration life) {
    return new Job(
        id,
        owner,
        request,
        provider.provider(),
        request.formatsOf(provider),
        Status.QUEUED,
        OptionalInt.empty(),
        1,
        Optional.empty(),
        now,
        now,
        now.plus(life),
        callbacks,
        submission,
        calls,
        0,
        Optional.empty(),
        List.of(),
        Set.of(),
        Set.of(),
        Map.of(),
        Set.of(),
        1,
        List.of(),
        0,
        false,
        Optional.empty());
  }

  /** The songs that the job has made so far, first to last. */
  public List<SongId> songs() {
    return IntStream.rangeClosed(1, songNumbers.size())
        .mapToObj(number -> new SongId(id, number))
        .toList();
  }

  /** The events that nobody was told of yet, first to last. */
  public List<JobEvent> untold() {
    return events.subList(Math.min(told, events.size()), events.size());
  }

  /** The provider jobs whose outcome nobody has read yet. */
  public List<String> uncollected() {
    return providerJobs.stream().filter(job -> !collected.contains(job)).toList();
  }

  /**
   * Whether the provider has told which jobs of its own are ours: a list of what is running, asked
   * for after a call without an answer, leaves out what has ended.
   */
  boolean knowsAll() {
    return submission instanceof Submission.Accepted && unknowns == 0;
  }

  /** Whether the provider knew every name by which it called. */
  private boolean isPlaced() {
    return woken.stream()
        .allMatch(each -> each.equals(ReceiveCallback.UNNAMED) || providerJobs.contains(each));
  }

  /**
   * When the wait for callbacks of unknown provider jobs ends; empty if the job does not wait.
   *
   * @param silence how long callbacks may still come after a call whose answer was lost
   */
  Optional<Instant> silenceEnds(Duration silence) {
    return callbacks && !knowsAll()
        ? Optional.of(submission.at().plus(isPlaced() ? silence : silence.multipliedBy(NAMES)))
        : Optional.empty();
  }

  /**
   * What ends the job, once its provider jobs are all read and its songs all settled: READY with at
   * least one song, FAILED with none.
   *
   * @param now the time
   * @param silence how long callbacks of provider jobs that are not known may still come, after a
   *     call whose answer was lost
   */
  public Optional<JobChange> conclusion(Instant now, Duration silence) {
    boolean mayHearMore = silenceEnds(silence).filter(end -> end.isAfter(now)).isPresent();
    if (status.isTerminal()
        || mayHearMore
        || providerJobs.isEmpty()
        || !uncollected().isEmpty()
        || storedSongs.size() < songNumbers.size()) {
      return Optional.empty();
    }
    if (!songNumbers.isEmpty()) {
      return Optional.of(new JobChange.Ready());
    }
    Reason why = reason.orElse(Reasons.noSong(provider));
    return Optional.of(
        why.code().equals(Reasons.MODERATED)
            ? new JobChange.Ended(Status.REJECTED, why)
            : new JobChange.Ended(Status.FAILED, why));
  }
}
