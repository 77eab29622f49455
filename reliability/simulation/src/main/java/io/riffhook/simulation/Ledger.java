package io.riffhook.simulation;

import io.riffhook.domain.Asset;
import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.EventType;
import io.riffhook.domain.InMemoryAssetStore;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobEvent;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Notification;
import io.riffhook.domain.Song;
import io.riffhook.domain.Status;
import io.riffhook.domain.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What really happened in a world, apart from what the system believes, and the judge of it: each
 * invariant is looked at when something happens that could break it.
 */
final class Ledger {
  /** How long a callback is waited for after a call without an answer. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  /** A call that the provider took, and so is paid for. */
  private record Purchase(JobId job, int attempt, String provider) {}

  /** A provider job that was paid for. */
  private record Work(JobId job, int attempt) {}

  /** What somebody was told, by their host. */
  private record Heard(String who, JobId job, String type, String id) {}

  private static final String BUS = "the bus";

  private final Set<Heard> heard = new HashSet<>();
  private final Map<Topic, Integer> waiting = new HashMap<>();
  private final Map<Topic, Integer> sent = new HashMap<>();
  private final Map<String, Instant> unanswered = new HashMap<>();
  private final Map<String, Integer> mayCost = new HashMap<>();
  private final List<Purchase> purchases = new ArrayList<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Map<JobId, String> excuses = new HashMap<>();
  private final Set<JobId> nameless = new HashSet<>();
  private final Map<String, Work> works = new HashMap<>();
  private final Set<String> heardInTime = new HashSet<>();
  private final Set<String> listing;
  private final Tally tally = new Tally();
  private final int running;
  private final Map<BatchId, Integer> concurrency = new HashMap<>();
  private final Map<BatchId, Integer> handedOut = new HashMap<>();
  private final Set<BatchId> openBatches = new HashSet<>();
  private Function<JobId, Optional<Job>> jobs = _ -> Optional.empty();
  private Supplier<List<Job>> all = List::of;

  /**
   * @param listing the providers that can be asked which of their jobs are running
   * @param running how many jobs an owner may have running
   */
  Ledger(Set<String> listing, int running) {
    this.listing = Set.copyOf(listing);
    this.running = running;
  }

  /** Where the system's own belief is to be read. */
  void reads(Function<JobId, Optional<Job>> store, Supplier<List<Job>> every) {
    jobs = store;
    all = every;
  }

  Tally tally() {
    return tally;
  }

  // ---- Watching ----

  /** A message was sent. */
  void sent(Topic topic) {
    int atOnce = waiting.merge(topic, 1, Integer::sum);
    int inAll = sent.merge(topic, 1, Integer::sum);
    tally.messages(topic.kind(), atOnce, inAll);
    if (atOnce > topic.kind().atOnce() || inAll > topic.kind().inAll()) {
      throw new Violation(
          topic.kind() == Topic.Kind.CHECK ? Invariant.FEW_CHECKS : Invariant.FEW_MESSAGES,
          topic + ": " + atOnce + " at once, " + inAll + " in all");
    }
  }

  /** A message was deleted. */
  void done(SimulatedQueues.Message message) {
    waiting.merge(Topic.of(message), -1, Integer::sum);
    switch (message) {
      case SimulatedQueues.Message.Check check -> jobs.apply(check.job()).ifPresent(this::watched);
      case SimulatedQueues.Message.Batch(BatchTask.Check check) -> watched(check.batch());
      case SimulatedQueues.Message.Submission _,
          SimulatedQueues.Message.Download _,
          SimulatedQueues.Message.Notification _,
          SimulatedQueues.Message.Order _,
          SimulatedQueues.Message.Batch _ -> {
        // Nothing depends on it alone.
      }
    }
  }

  private void watched(Job job) {
    boolean over = job.status().isTerminal() && job.untold().isEmpty();
    Topic checks = new Topic(Topic.Kind.CHECK, job.id().value());
    if (!over && waiting.getOrDefault(checks, 0) == 0) {
      throw new Violation(
          Invariant.WATCHED, job.id() + " is " + job.status() + " and has no check message");
    }
  }

  void deadLetter() {
    tally.deadLetters++;
  }

  // ---- Status ----

  void inserted(Job job) {
    watched(job);
    limited(job);
  }

  /** Judges how many jobs run, once another one does. */
  private void limited(Job job) {
    List<Job> open = all.get().stream().filter(each -> !each.status().isTerminal()).toList();
    long ofOwner = open.stream().filter(each -> each.owner().equals(job.owner())).count();
    if (ofOwner > running) {
      throw new Violation(
          Invariant.WITHIN_LIMITS, job.owner() + " has " + ofOwner + " of " + running + " jobs");
    }
    job.request()
        .batch()
        .map(BatchLine::batch)
        .ifPresent(
            batch -> {
              long inBatch =
                  open.stream()
                      .flatMap(each -> each.request().batch().stream())
                      .filter(line -> line.batch().equals(batch))
                      .count();
              if (inBatch > concurrency.getOrDefault(batch, 0)) {
                throw new Violation(
                    Invariant.WITHIN_LIMITS, batch + " has " + inBatch + " jobs running");
              }
            });
  }

  /** A batch was written. */
  void watched(Batch batch) {
    concurrency.put(batch.id(), batch.concurrency());
    if (batch.told()) {
      openBatches.remove(batch.id());
    } else {
      openBatches.add(batch.id());
    }
    watched(batch.id());
  }

  private void watched(BatchId batch) {
    Topic checks = new Topic(Topic.Kind.BATCH_CHECK, batch.value());
    if (openBatches.contains(batch) && waiting.getOrDefault(checks, 0) == 0) {
      throw new Violation(Invariant.WATCHED, batch + " has no check message");
    }
  }

  /** Lines of a batch were handed out. */
  void handedOut(BatchId batch, int known, int upTo) {
    int before = handedOut.getOrDefault(batch, 0);
    if (known != before) {
      throw new Violation(
          Invariant.HANDED_OUT_ONCE,
          batch + " handed out lines after " + known + " when it had come to " + before);
    }
    handedOut.put(batch, upTo);
  }

  /** All is over: how a batch that was taken stands. */
  void finished(Optional<Batch> found) {
    if (found.isEmpty()) {
      return;
    }
    Batch batch = found.get();
    tally.batches++;
    if (batch.outcome().isEmpty() || !batch.told()) {
      throw new Violation(Invariant.ENDED, batch.id() + " never ended");
    }
    String id = "evt_" + batch.id() + "_ended";
    for (String each : List.of(BUS, World.ENDPOINT)) {
      if (!heard.contains(new Heard(each, new JobId("none"), EventType.BATCH_ENDED.value(), id))) {
        throw new Violation(Invariant.TOLD, each + " never heard of " + id);
      }
    }
  }

  /** Somebody changed a job, with or without the right to. */
  void changed(Job before, Job after) {
    boolean again = before.status() == Status.FAILED && after.attempt() == before.attempt() + 1;
    boolean back = after.status().compareTo(before.status()) < 0;
    boolean undead = before.status().isTerminal() && after.status() != before.status();
    if ((back || undead) && !again) {
      throw new Violation(
          Invariant.STATUS_FORWARD,
          before.id() + " went from " + before.status() + " to " + after.status());
    }
    watched(after);
    if (before.status().isTerminal() && !after.status().isTerminal()) {
      limited(after);
    }
  }

  /** The time has come by which a job must have ended. */
  void deadline(JobId id, Instant deadline) {
    jobs.apply(id)
        .filter(job -> job.deadline().equals(deadline) && !job.status().isTerminal())
        .ifPresent(
            job -> {
              throw new Violation(
                  Invariant.ENDED, id + " is " + job.status() + " after its deadline");
            });
  }

  // ---- Buying ----

  /** A call that may buy begins. */
  void called(JobId id, int attempt, Instant now) {
    Optional.ofNullable(unanswered.put(id + "#" + attempt, now))
        .filter(before -> before.plus(SILENCE).isAfter(now))
        .ifPresent(
            before -> {
              throw new Violation(
                  Invariant.SILENCE, id + " was called for at " + before + " and at " + now);
            });
  }

  /** A call was answered: whether it bought something is known. */
  void answered(JobId id, int attempt) {
    unanswered.remove(id + "#" + attempt);
  }

  /** A call that costs money may be made once more for a song. */
  void mayCost(String song) {
    mayCost.merge(song, 1, Integer::sum);
  }

  /** A call that costs money is made for a song. */
  void costs(String song) {
    tally.costs++;
    if (mayCost.merge(song, -1, Integer::sum) < 0) {
      throw new Violation(Invariant.ASKED_ONCE, "stems of " + song + " are listed without need");
    }
  }

  /** The provider takes a job. What the store says now is all that the system could know. */
  void bought(JobId id, int attempt, String provider) {
    List<Purchase> before =
        purchases.stream()
            .filter(each -> each.job().equals(id) && each.attempt() == attempt)
            .toList();
    purchases.add(new Purchase(id, attempt, provider));
    tally.bought++;
    if (before.isEmpty()) {
      return;
    }
    Job job = jobs.apply(id).orElseThrow();
    boolean known =
        !job.providerJobs().isEmpty()
            || !job.woken().isEmpty()
            || acknowledged.contains(id + "#" + attempt)
            || !before.getFirst().provider().equals(provider);
    if (known || before.size() > 1) {
      throw new Violation(
          Invariant.BOUGHT_ONCE, id + " bought at " + before + " and again at " + provider);
    }
    // No answer, no callback, and not in the provider's list: nothing could have told.
    tally.boughtTwiceUnavoidably++;
  }

  /** The provider makes songs under this id of its own. */
  void begun(JobId job, int attempt, String providerJob) {
    works.put(providerJob, new Work(job, attempt));
  }

  /** A final callback was answered with 2xx: the provider has told, and will not tell again. */
  void acknowledged(JobId job, int attempt, String named) {
    acknowledged.add(job + "#" + attempt);
    if (jobs.apply(job).filter(each -> !each.status().isTerminal()).isPresent()) {
      heardInTime.add(named);
    }
  }

  // ---- What may fail ----

  /** No final callback that names what it is about will ever have come for a job. */
  void nameless(JobId job) {
    nameless.add(job);
  }

  /** Something happened to a job for which it may fail. */
  void excuse(JobId job, String why) {
    excuses.put(job, why);
  }

  // ---- Ends ----

  /** A job has become READY. */
  void ready(Job job, List<Song> songs, Catalog catalog, InMemoryAssetStore bucket) {
    if (songs.size() != job.songNumbers().size() || songs.isEmpty()) {
      throw new Violation(
          Invariant.READY_HAS_BYTES,
          job.id() + " has " + songs.size() + " of " + job.songNumbers().size() + " songs");
    }
    Set<String> made = catalog.songsOf(job.providerJobs());
    if (!made.equals(job.songNumbers().keySet())
        || new HashSet<>(songs.stream().map(Song::providerSong).toList()).size() != made.size()) {
      throw new Violation(
          Invariant.NO_SONG_LOST, job.id() + " has " + job.songNumbers() + " of " + made);
    }
    for (Song song : songs) {
      for (Asset asset : song.assets()) {
        stored(job, song, asset, catalog, bucket);
      }
      if (song.assets().stream().noneMatch(asset -> asset.kind() == Asset.Kind.AUDIO)) {
        throw new Violation(Invariant.READY_HAS_BYTES, song.id() + " has no audio");
      }
    }
  }

  private static void stored(
      Job job, Song song, Asset asset, Catalog catalog, InMemoryAssetStore bucket) {
    if (asset.state() instanceof Asset.Missing && asset.kind().isOptional()) {
      return;
    }
    String what = asset.name() + " of " + song.id() + " of READY " + job.id();
    StoredFile file =
        asset
            .file()
            .orElseThrow(
                () ->
                    new Violation(
                        Invariant.READY_HAS_BYTES, what + " is " + asset.state().value()));
    byte[] bytes =
        bucket
            .bytes(song.key(asset.name()))
            .orElseThrow(() -> new Violation(Invariant.READY_HAS_BYTES, what + " is not there"));
    if (bytes.length != file.bytes()
        || !bucket.file(song.key(asset.name())).equals(Optional.of(file))) {
      throw new Violation(Invariant.READY_HAS_BYTES, what + " is not what was written down");
    }
    catalog
        .bytes(song.providerSong(), asset)
        .filter(wanted -> !Arrays.equals(wanted, bytes))
        .ifPresent(
            _ -> {
              throw new Violation(Invariant.READY_HAS_BYTES, what + " is not the provider's");
            });
  }

  /**
   * Whether a job may end with an unknown outcome: after the second such call, or after the first
   * where nothing can tell what became of it.
   */
  private boolean mayBeUnknown(Job job, String code) {
    return code.equals("outcome-unknown")
        && (job.unknowns() > 1 || (!job.callbacks() && !listing.contains(job.provider())));
  }

  /**
   * Whether a job may wait in vain: the call's answer was lost, and so was the callback that would
   * have named the provider's job, so nobody knows what to read.
   */
  private boolean mayBeNameless(Job job, String code) {
    return code.equals("deadline-passed")
        && job.providerJobs().isEmpty()
        && nameless.contains(job.id());
  }

  /** Whether a READY job has the songs of each provider job that it was told of in time. */
  private void complete(Job job, Catalog catalog) {
    works.forEach(
        (providerJob, work) -> {
          if (!work.equals(new Work(job.id(), job.attempt()))) {
            return;
          }
          Set<String> lacking = new HashSet<>(catalog.songsOf(List.of(providerJob)));
          lacking.removeAll(job.songNumbers().keySet());
          if (!lacking.isEmpty() && heardInTime.contains(providerJob)) {
            throw new Violation(Invariant.NO_SONG_LOST, job.id() + " lacks " + lacking);
          }
          tally.songsUnheard += lacking.size();
        });
  }

  /** All is over. */
  void finished(List<Job> all, Catalog catalog) {
    for (Job job : all) {
      told(job);
      if (job.status() == Status.READY) {
        complete(job, catalog);
      }
      tally.jobs++;
      tally.byStatus.merge(job.status(), 1L, Long::sum);
      if (!job.status().isTerminal()) {
        throw new Violation(Invariant.ENDED, job.id() + " is " + job.status() + " for ever");
      }
      if (job.status() == Status.FAILED || job.status() == Status.REJECTED) {
        String code = job.reason().orElseThrow().code();
        tally.byReason.merge(code, 1L, Long::sum);
        if (!excuses.containsKey(job.id())
            && !mayBeUnknown(job, code)
            && !mayBeNameless(job, code)) {
          throw new Violation(
              Invariant.FAILED_FOR_A_REASON, job.id() + " " + job.reason().orElseThrow());
        }
      }
      boolean paid = purchases.stream().anyMatch(each -> each.job().equals(job.id()));
      if (paid && job.status() == Status.FAILED && job.providerJobs().isEmpty()) {
        tally.paidAndUnheard++;
      }
    }
  }

  // ---- What is told ----

  /** An event came to the bus. */
  void published(JobId job, String type, String id) {
    tally.published++;
    if (!heard.add(new Heard(BUS, job, type, id))) {
      tally.publishedAgain++;
    }
  }

  /** An event came to an endpoint, by its host. */
  void heard(String endpoint, JobId job, String type, String id) {
    tally.told++;
    if (!heard.add(new Heard(endpoint, job, type, id))) {
      tally.toldAgain++;
    }
  }

  private void told(Job job) {
    List<String> audience = new ArrayList<>(List.of(BUS, World.ENDPOINT));
    job.request().webhook().ifPresent(webhook -> audience.add(webhook.url().getHost()));
    for (JobEvent event : job.events()) {
      Notification notification = Notification.of(job, event);
      for (String each : audience) {
        Heard expected = new Heard(each, job.id(), event.type().value(), notification.id());
        if (!heard.contains(expected)) {
          throw new Violation(Invariant.TOLD, each + " never heard of " + notification.id());
        }
      }
    }
    if (job.status().isTerminal()
        && job.events().stream()
            .map(JobEvent::type)
            .noneMatch(EventType.ofEnd(job.status())::equals)) {
      throw new Violation(Invariant.TOLD, job.id() + " ended without an event");
    }
  }
}
