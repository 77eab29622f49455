package io.riffhook.domain;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one asset from the provider into S3, verified, once. */
public final class StoreAsset {
  /** How often a file of another kind is fetched if no other link can be had for free. */
  private static final int OTHER_KIND_ATTEMPTS = 3;

  /** How long the bytes of an optional asset may take: its job waits for it. */
  private static final Duration OPTIONAL_READ = Duration.ofSeconds(30);

  private static final int MAX_STEMS = 64;
  private static final Set<String> STEM_TYPES = Set.of("wav", "mp3", "m4a", "flac", "ogg");
  private static final Logger LOG = LoggerFactory.getLogger(StoreAsset.class);

  private final JobStore jobs;
  private final SongStore songs;
  private final AssetStore store;
  private final Queues queues;
  private final Providers providers;
  private final FinishSong finish;
  private final Delays delays;
  private final AssetTries tries;
  private final InstantSource clock;

  public StoreAsset(
      JobStore jobs,
      SongStore songs,
      AssetStore store,
      Queues queues,
      Providers providers,
      FinishSong finish,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.store = store;
    this.queues = queues;
    this.providers = providers;
    this.finish = finish;
    this.delays = delays;
    this.clock = clock;
    tries = new AssetTries(songs, queues, delays, clock);
  }

  /** Fetches the asset, unless it is settled already or a newer try was planned. */
  public void run(DownloadTask.Store task) {
    Optional<Song> found = songs.find(task.song());
    Optional<Asset> asset = found.flatMap(song -> song.asset(task.name()));
    if (found.isEmpty() || asset.isEmpty()) {
      LOG.warn("no asset {} of song {}", task.name(), task.song());
      return;
    }
    if (asset.get().isSettled()) {
      finish.finish(found.get());
      return;
    }
    if (asset.get().isBeyond(task.attempt())) {
      LOG.info("a newer try of {} of song {} was planned", task.name(), task.song());
      return;
    }
    if (isCancelled(task.job())) {
      return;
    }
    fetch(found.get(), asset.get(), task);
  }

  /**
   * A failed job's assets are stored all the same: its owner may run it again, and they are paid.
   */
  private boolean isCancelled(JobId id) {
    boolean cancelled = jobs.find(id).filter(job -> job.status() == Status.CANCELLED).isPresent();
    if (cancelled) {
      LOG.info("nothing to fetch: the job was cancelled");
    }
    return cancelled;
  }

  private void fetch(Song song, Asset asset, DownloadTask.Store task) {
    if (task.source() instanceof AssetSource.Unreadable link) {
      giveUp(song, asset, task, new Opened.NotNow(link.why()));
      return;
    }
    Provider provider = provider(song);
    Opened opened = provider.open(task.source());
    if (opened instanceof Opened.Gone gone) {
      LOG.info(
          "{} of song {} is gone, asking for a fresh link: {}",
          asset.name(),
          song.id(),
          gone.detail());
      Optional<AssetSource> fresh = refreshed(provider, song, asset);
      if (fresh.isPresent()) {
        take(song, asset, task.from(fresh.get()), true, provider.open(fresh.get()));
        return;
      }
    }
    take(song, asset, task, false, opened);
  }

  /**
   * Stores what was opened, or plans the next try.
   *
   * @param fresh whether this try asked the provider for its link
   */
  private void take(Song song, Asset asset, DownloadTask.Store task, boolean fresh, Opened opened) {
    switch (opened) {
      case Opened.Gone gone -> tryAgain(song, asset, task, new Opened.NotNow(gone.detail()));
      case Opened.NotNow later -> tryAgain(song, asset, task, later);
      case Opened.Making making -> wait(song, asset, task, making.source());
      case Opened.Body body -> {
        try (body) {
          StoredFile file =
              store.write(
                  song.key(asset.name()), limited(asset, body), ContentType.Expected.of(asset));
          LOG.info("stored {} of song {}, {} bytes", asset.name(), song.id(), file.bytes());
          settle(song, asset, new Asset.Stored(file));
        } catch (BadContentException e) {
          bad(song, asset, task, fresh, e);
        } catch (IOException e) {
          tryAgain(song, asset, task, new Opened.NotNow(String.valueOf(e.getMessage())));
        }
      }
    }
  }

  private Opened.Body limited(Asset asset, Opened.Body body) {
    return asset.kind().isOptional()
        ? new Opened.Body(new TimedInput(body.bytes(), OPTIONAL_READ, clock), body.length())
        : body;
  }

  private void bad(
      Song song, Asset asset, DownloadTask.Store task, boolean fresh, BadContentException e) {
    Opened.NotNow why = new Opened.NotNow(String.valueOf(e.getMessage()));
    if (e.fault() == BadContentException.Fault.OTHER_KIND) {
      otherKind(song, asset, task, fresh, why);
    } else if (e.fault() == BadContentException.Fault.PAGE
        && asset.kind().isOptional()
        && task.attempt() > 1) {
      // The link of the second try is a fresh one.
      giveUp(song, asset, task, why);
    } else {
      DownloadTask.Store next =
          e.getCause() == null && task.attempt() < AssetTries.MAX_ATTEMPTS
              ? freeLink(song, asset, task).map(task::from).orElse(task)
              : task;
      tryAgain(song, asset, next, why);
    }
  }

  /**
   * Gives up a file of another kind, unless the provider names another link: waiting does not make
   * a picture of music.
   */
  private void otherKind(
      Song song, Asset asset, DownloadTask.Store task, boolean fresh, Opened.NotNow why) {
    if (fresh || task.attempt() >= OTHER_KIND_ATTEMPTS) {
      giveUp(song, asset, task, why);
      return;
    }
    Optional<AssetSource> other = freeLink(song, asset, task);
    if (other.isEmpty()) {
      tryAgain(song, asset, task, why);
    } else if (other.get().equals(task.source())) {
      giveUp(song, asset, task, why);
    } else {
      Opened opened = provider(song).open(other.get());
      take(song, asset, task.from(other.get()), true, opened);
    }
  }

  /**
   * A fresh link, if asking for it costs nothing. A call that has the file made may cost money, and
   * so may listing stems.
   */
  private Optional<AssetSource> freeLink(Song song, Asset asset, DownloadTask.Store task) {
    return task.source() instanceof AssetSource.Link && asset.kind() != Asset.Kind.STEM
        ? refreshed(provider(song), song, asset).filter(AssetSource.Link.class::isInstance)
        : Optional.empty();
  }

  private Provider provider(Song song) {
    return providers
        .find(song.provider())
        .orElseThrow(() -> new Providers.UnknownProviderException(song.provider()));
  }

  private Optional<AssetSource> refreshed(Provider provider, Song song, Asset asset) {
    Optional<String> account = jobs.find(song.id().job()).flatMap(Job::account);
    if (asset.kind() == Asset.Kind.STEM) {
      return provider.stems(song.providerSong(), account) instanceof Provider.Stems.Listed listed
          ? Optional.ofNullable(named(listed.byName()).get(asset.name()))
          : Optional.empty();
    }
    return provider.lookup(song.providerJob(), account) instanceof Lookup.Finished finished
        ? finished.songs().stream()
            .filter(each -> each.id().equals(song.providerSong()))
            .findFirst()
            .flatMap(each -> SongRegister.source(asset, each))
        : Optional.empty();
  }

  private void wait(Song song, Asset asset, DownloadTask.Store task, AssetSource source) {
    if (task.attempt() >= AssetTries.MAX_ATTEMPTS) {
      giveUp(song, asset, task, new Opened.NotNow("it is still being made"));
    } else if (!tries.isOvertaken(task)) {
      LOG.info("{} of song {} is being made", asset.name(), song.id());
      tries.look(task.from(source).next(), delays.collect(task.attempt()));
    }
  }

  private void tryAgain(Song song, Asset asset, DownloadTask.Store task, Opened.NotNow why) {
    Optional<Duration> wait = tries.beforeNext(song, asset, task.attempt(), why.retryAfter());
    if (wait.isEmpty()) {
      giveUp(song, asset, task, why);
    } else if (!tries.isOvertaken(task)) {
      LOG.warn("{} of song {} failed, trying again: {}", asset.name(), song.id(), why.detail());
      tries.plan(task.next(), wait.get());
    }
  }

  private void giveUp(Song song, Asset asset, DownloadTask.Store task, Opened.NotNow why) {
    if (!tries.isOvertaken(task)) {
      LOG.warn("{} of song {} is given up: {}", asset.name(), song.id(), why.detail());
      settle(song, asset, asset.lost(why.detail()));
    }
  }

  private void settle(Song song, Asset asset, Asset.State state) {
    songs
        .apply(song.id(), new SongChange.Settled(asset.name(), state), clock.instant())
        .or(() -> songs.find(song.id()))
        .ifPresent(finish::finish);
  }

  /** Lists the song's stems at the provider and enqueues a download for each. */
  public void run(DownloadTask.ListStems task) {
    Song song = songs.find(task.song()).orElseThrow();
    if (song.pendingStems().isEmpty()) {
      finish.finish(song);
      return;
    }
    if (AssetTries.stems(song, task).isEmpty()) {
      LOG.info("a newer try of the stems of song {} was planned", task.song());
      return;
    }
    if (isCancelled(task.job())) {
      return;
    }
    Optional<String> account = jobs.find(song.id().job()).flatMap(Job::account);
    switch (provider(song).stems(song.providerSong(), account)) {
      case Provider.Stems.NotNow later ->
          listAgain(song, task, new Opened.NotNow(later.reason().detail()));
      case Provider.Stems.Never never -> noStems(song, task, never.reason().detail());
      case Provider.Stems.Listed listed -> fetchStems(song, task, listed.byName());
      case Provider.Stems.Archived(AssetSource.Unreadable link) -> noStems(song, task, link.why());
      case Provider.Stems.Archived archived -> unpackStems(song, task, archived.archive());
    }
  }

  private void listAgain(Song song, DownloadTask.ListStems task, Opened.NotNow why) {
    if (task.attempt() >= AssetTries.MAX_ATTEMPTS) {
      noStems(song, task, why.detail());
      return;
    }
    List<Asset> stems = tries.stems(task);
    if (!stems.isEmpty()) {
      LOG.warn("stems of song {} failed, trying again: {}", song.id(), why.detail());
      tries.plan(task.next(), stems, delays.asset(task.attempt(), why.retryAfter()));
    }
  }

  private void noStems(Song song, DownloadTask.ListStems task, String why) {
    tries.stems(task).forEach(stem -> settle(song, stem, stem.lost(why)));
  }

  private void fetchStems(Song song, DownloadTask.ListStems task, Map<String, AssetSource> listed) {
    Map<String, AssetSource> byAsset = named(listed);
    if (byAsset.isEmpty() || byAsset.size() > MAX_STEMS) {
      noStems(song, task, "the provider lists " + listed.size() + " stems");
      return;
    }
    List<DownloadTask> sources = new ArrayList<>();
    List<Asset> gone = new ArrayList<>();
    for (Asset stem : AssetTries.stems(expanded(song, byAsset.keySet()), task)) {
      Optional.ofNullable(byAsset.get(stem.name()))
          .map(from -> new DownloadTask.Store(song.id(), stem.name(), from, stem.attempt()))
          .ifPresentOrElse(sources::add, () -> gone.add(stem));
    }
    if (!sources.isEmpty()) {
      queues.download(sources, Duration.ZERO);
    }
    gone.forEach(stem -> settle(song, stem, stem.lost("the provider lists it no more")));
  }

  /** The song with these stems in place of the entry that stood for them. */
  private Song expanded(Song song, Set<String> stems) {
    return songs
        .apply(
            song.id(),
            new SongChange.StemsListed(stems.stream().sorted().toList()),
            clock.instant())
        .or(() -> songs.find(song.id()))
        .orElse(song);
  }

  private void unpackStems(Song song, DownloadTask.ListStems task, AssetSource archive) {
    switch (provider(song).open(archive)) {
      case Opened.Gone gone -> listAgain(song, task, new Opened.NotNow(gone.detail()));
      case Opened.NotNow later -> listAgain(song, task, later);
      case Opened.Making _ -> listAgain(song, task, new Opened.NotNow("it is being made"));
      case Opened.Body body -> {
        try (body) {
          unpacked(song, task, new StemArchive().store(body.bytes(), song, store));
        } catch (BadContentException | IOException e) {
          listAgain(song, task, new Opened.NotNow(String.valueOf(e.getMessage())));
        }
      }
    }
  }

  private void unpacked(Song song, DownloadTask.ListStems task, Map<String, StoredFile> stored) {
    if (stored.isEmpty() || stored.size() > MAX_STEMS) {
      noStems(song, task, "the archive holds " + stored.size() + " stems");
      return;
    }
    LOG.info("unpacked {} stems of song {}", stored.size(), song.id());
    Song expanded = expanded(song, stored.keySet());
    for (Asset stem : expanded.pendingStems()) {
      StoredFile file = stored.get(stem.name());
      if (file != null) {
        settle(expanded, stem, new Asset.Stored(file));
      } else if (!stem.isBeyond(task.attempt())) {
        settle(expanded, stem, stem.lost("the archive holds it no more"));
      }
    }
  }

  /** Asset names for the provider's stem names: {@code stems/<name>.<ext>}. */
  private static Map<String, AssetSource> named(Map<String, AssetSource> stems) {
    Map<String, AssetSource> named = new TreeMap<>();
    stems.forEach(
        (name, source) -> {
          String asset = "stems/" + safe(name) + "." + extension(source);
          if (AssetKey.isValidName(asset)) {
            named.putIfAbsent(asset, source);
          }
        });
    return named;
  }

  static String safe(String stem) {
    return stem.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
  }

  private static String extension(AssetSource source) {
    if (source instanceof AssetSource.Link link) {
      String path = String.valueOf(link.uri().getPath());
      String end = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return STEM_TYPES.contains(end) ? end : "wav";
    }
    return "wav";
  }
}
