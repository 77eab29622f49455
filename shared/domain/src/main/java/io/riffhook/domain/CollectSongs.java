package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from the provider how a provider job ended, writes down its songs, and has each of their
 * assets fetched. This read, made with our token, is the only thing that is believed about a song.
 */
public final class CollectSongs {
  /** How often a job that called back is read before its next check is waited for. */
  private static final int PATIENCE = 6;

  /** How long a callback that overtook the provider's own answer waits for that answer. */
  private static final int WAIT_FOR_ANSWER = 3;

  /** How many songs are taken of one provider job; providers make two. */
  private static final int MAX_SONGS = 16;

  /** How long a provider's id for a song may be; the longest seen has about 100 characters. */
  private static final int MAX_ID = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(CollectSongs.class);

  private final JobStore jobs;
  private final Queues queues;
  private final Providers providers;
  private final SongRegister register;
  private final FinishSong finish;
  private final Delays delays;
  private final InstantSource clock;

  public CollectSongs(
      JobStore jobs,
      Queues queues,
      Providers providers,
      SongRegister register,
      FinishSong finish,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.queues = queues;
    this.providers = providers;
    this.register = register;
    this.finish = finish;
    this.delays = delays;
    this.clock = clock;
  }

  /** Follows a wake-up: reads the provider jobs it is about, again and again for a short while. */
  public void run(DownloadTask.Collect task) {
    Optional<Job> found = jobs.find(task.job()).filter(job -> !job.status().isTerminal());
    if (found.isEmpty()) {
      LOG.info("nothing to collect: the job has ended or never was");
      return;
    }
    Job job = found.get();
    if (isUnknownName(job, task)) {
      hearOf(job, task.providerJob().get(), task);
      return;
    }
    for (String providerJob : targets(job, task)) {
      if (!job.collected().contains(providerJob) && !read(job, providerJob)) {
        again(job, new DownloadTask.Collect(job.id(), Optional.of(providerJob), task.attempt()));
      }
    }
  }

  /** Whether a callback named a provider job that no answer of the provider's has named. */
  private static boolean isUnknownName(Job job, DownloadTask.Collect task) {
    return task.providerJob().filter(named -> isUnknownName(job, named)).isPresent();
  }

  private static boolean isUnknownName(Job job, String named) {
    return !job.providerJobs().contains(named) && !job.knowsAll();
  }

  /**
   * Follows a progress callback that came before the provider's answer. Waits for the answer; if it
   * does not come, reads the provider job once.
   */
  public void run(DownloadTask.Adopt task) {
    Optional<Job> found =
        jobs.find(task.job())
            .filter(job -> !job.status().isTerminal())
            .filter(job -> isUnknownName(job, task.providerJob()));
    if (found.isEmpty()) {
      LOG.info("nothing to adopt: the provider's answer has come, or the job has ended");
      return;
    }
    Job job = found.get();
    if (isAnswerAwaited(job, task)) {
      queues.download(List.of(task.next()), delays.collect(task.attempt()));
      return;
    }
    adopt(job, task.providerJob());
  }

  private static boolean isAnswerAwaited(Job job, DownloadTask task) {
    return task.attempt() <= WAIT_FOR_ANSWER && !(job.submission() instanceof Submission.Accepted);
  }

  private List<String> targets(Job job, DownloadTask.Collect task) {
    if (task.providerJob().isEmpty()) {
      if (job.providerJobs().isEmpty() && !lookFor(job)) {
        again(job, task);
      }
      return job.uncollected();
    }
    String named = task.providerJob().get();
    if (job.providerJobs().contains(named)) {
      return List.of(named);
    }
    // Its token says that it is about this job; the name may be the song's and not the job's.
    LOG.info("the callback named {}, which is none of the job's provider jobs", named);
    return job.uncollected();
  }

  /**
   * Reads what a callback named whose call's answer was lost. It is taken for one of the job's only
   * once the provider knows it: a name that leads nowhere would keep the job waiting for ever.
   */
  private void hearOf(Job job, String named, DownloadTask.Collect task) {
    if (isAnswerAwaited(job, task) || !adopt(job, named)) {
      again(job, task);
    }
  }

  /**
   * Reads a provider job that only a callback named, and adds it to the job if the provider knows
   * it.
   *
   * @return whether it has ended
   */
  private boolean adopt(Job job, String named) {
    Lookup lookup = providers.of(job).lookup(named, job.account());
    if (lookup instanceof Lookup.Unheard) {
      return false;
    }
    apply(job, new JobChange.Adopted(named));
    return heard(job, named, lookup);
  }

  /**
   * Asks the provider which of its jobs are ours, where the answer that said so was lost.
   *
   * @return whether one was found that was not known
   */
  public boolean lookFor(Job job) {
    return providers.of(job).find(job.id()) instanceof Provider.Found.There there
        && there.providerJobs().stream()
                .filter(each -> apply(job, new JobChange.Adopted(each)).isPresent())
                .count()
            > 0;
  }

  private void again(Job job, DownloadTask.Collect task) {
    if (task.attempt() < PATIENCE) {
      queues.download(List.of(task.next()), delays.collect(task.attempt()));
    } else {
      // The provider called and had nothing to show: whoever calls next wakes us again. A name that
      // nobody can place yet is kept, for the job's checks to ask about.
      job.woken().stream()
          .filter(woken -> woken.equals(ReceiveCallback.UNNAMED) || isVain(job, task, woken))
          .forEach(vain -> apply(job, new JobChange.WokenInVain(vain)));
      LOG.warn("nothing to collect after {} reads; left to the job's check", task.attempt());
    }
  }

  private static boolean isVain(Job job, DownloadTask.Collect task, String woken) {
    return job.providerJobs().contains(woken)
        ? task.providerJob().filter(woken::equals).isPresent()
        : job.knowsAll();
  }

  /**
   * Reads one provider job once, and does what its state asks for.
   *
   * @return whether it has ended
   */
  public boolean read(Job job, String providerJob) {
    return heard(job, providerJob, providers.of(job).lookup(providerJob, job.account()));
  }

  private boolean heard(Job job, String providerJob, Lookup lookup) {
    return switch (lookup) {
      case Lookup.Running running -> {
        running.progress().ifPresent(percent -> progressed(job, percent));
        takeEarly(job, providerJob, running.early());
        LOG.info("provider job {} is running", providerJob);
        yield false;
      }
      case Lookup.NotNow later -> {
        LOG.warn("provider job {} cannot be read now: {}", providerJob, later.reason());
        yield false;
      }
      case Lookup.Denied denied -> {
        LOG.warn("provider job {} cannot be read: {}", providerJob, denied.reason());
        if (!job.reason().equals(Optional.of(denied.reason()))) {
          apply(job, new JobChange.Noted(denied.reason()));
        }
        yield false;
      }
      case Lookup.Unheard unheard -> {
        LOG.warn("provider job {} is not known there: {}", providerJob, unheard.detail());
        yield false;
      }
      case Lookup.Failed failed -> {
        LOG.warn("provider job {} gave no song: {}", providerJob, failed.reason());
        List<Song> without = carryOn(without(job, providerJob, Set.of()), failed.reason().detail());
        Optional<Job> after = apply(job, new JobChange.GaveNoSong(providerJob, failed.reason()));
        without.stream().filter(song -> song.pending().isEmpty()).forEach(finish::finish);
        after.ifPresent(finish::conclude);
        yield true;
      }
      case Lookup.Finished finished -> {
        take(job, providerJob, finished.songs());
        yield true;
      }
    };
  }

  /** A read that finds nothing new costs no write. */
  private void progressed(Job job, int percent) {
    if (job.progress().isEmpty() || job.progress().getAsInt() < percent) {
      apply(job, new JobChange.Progressed(job.attempt(), percent));
    }
  }

  /**
   * Has songs fetched that are done before the others. Those known already are on their way: their
   * links are old, and a check repairs what got lost.
   */
  private void takeEarly(Job job, String providerJob, List<ProviderSong> early) {
    for (ProviderSong providerSong : sane(early)) {
      if (!job.songNumbers().containsKey(providerSong.id())) {
        register
            .register(job, providerJob, providerSong)
            .ifPresent(
                registered -> {
                  LOG.info("song {} is done before the others", registered.song().id());
                  carryOn(Map.of(registered, Optional.of(providerSong)), SongRegister.NO_SOURCE);
                });
      }
    }
  }

  /** What a job's item has room for: the answer is a stranger's. */
  private static List<ProviderSong> sane(List<ProviderSong> found) {
    List<ProviderSong> sane =
        found.stream().filter(song -> song.id().length() <= MAX_ID).limit(MAX_SONGS).toList();
    if (sane.size() < found.size()) {
      LOG.warn(
          "{} of {} songs are left out: too many, or ids too long",
          found.size() - sane.size(),
          found.size());
    }
    return sane;
  }

  private void take(Job job, String providerJob, List<ProviderSong> found) {
    Map<SongRegister.Registered, Optional<ProviderSong>> songs = new LinkedHashMap<>();
    for (ProviderSong providerSong : sane(found)) {
      register
          .register(job, providerJob, providerSong)
          .ifPresent(registered -> songs.put(registered, Optional.of(providerSong)));
    }
    if (isReadAgain(job, providerJob)) {
      Set<String> ids = found.stream().map(ProviderSong::id).collect(Collectors.toSet());
      songs.putAll(without(job, providerJob, ids));
    }
    List<Song> written = carryOn(songs, SongRegister.NO_SOURCE);
    Optional<Job> after = apply(job, new JobChange.Collected(providerJob));
    LOG.info("provider job {} gave {} songs", providerJob, written.size());
    written.stream().filter(song -> song.pending().isEmpty()).forEach(finish::finish);
    after.ifPresent(finish::conclude);
  }

  /** Whether songs may be known that a read does not bring: a first read has just met them all. */
  private static boolean isReadAgain(Job job, String providerJob) {
    return job.attempt() > 1 || job.collected().contains(providerJob);
  }

  private Map<SongRegister.Registered, Optional<ProviderSong>> without(
      Job job, String providerJob, Set<String> ids) {
    Map<SongRegister.Registered, Optional<ProviderSong>> others = new LinkedHashMap<>();
    register
        .others(job, providerJob, ids)
        .forEach(song -> others.put(new SongRegister.Registered(song, false), Optional.empty()));
    return others;
  }

  /**
   * Leaves no pending asset behind: after a read, each has a chain of tries, or it is settled.
   *
   * @param why why an asset cannot be had that the provider names no source for
   * @return the songs as they are then
   */
  private List<Song> carryOn(
      Map<SongRegister.Registered, Optional<ProviderSong>> songs, String why) {
    Instant now = clock.instant();
    Instant since = now.minus(delays.scaled(CheckJob.PATIENCE));
    Map<Song, SongRegister.Plan> plans = new LinkedHashMap<>();
    songs.forEach(
        (registered, found) ->
            plans.put(registered.song(), SongRegister.plan(registered, found, since, now)));
    List<DownloadTask> tasks =
        plans.values().stream().flatMap(plan -> plan.tasks().stream()).toList();
    if (!tasks.isEmpty()) {
      queues.download(tasks, Duration.ZERO);
    }
    return plans.entrySet().stream()
        .map(entry -> register.write(entry.getKey(), entry.getValue(), why))
        .toList();
  }

  private Optional<Job> apply(Job job, JobChange change) {
    return jobs.apply(job.id(), change, clock.instant());
  }
}
