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
  /** How often an asset is tried before it is given up. */
  private static final int MAX_ATTEMPTS = 8;

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
  }

  /** Fetches the asset, unless it is settled already. */
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
        take(song, asset, task.from(fresh.get()), provider.open(fresh.get()));
        return;
      }
    }
    take(song, asset, task, opened);
  }

  private void take(Song song, Asset asset, DownloadTask.Store task, Opened opened) {
    switch (opened) {
      case Opened.Gone gone -> tryAgain(song, asset, task, new Opened.NotNow(gone.detail()));
      case Opened.NotNow later -> tryAgain(song, asset, task, later);
      case Opened.Making making -> wait(song, asset, task, making.source());
      case Opened.Body body -> {
        try (body) {
          StoredFile file =
              store.write(song.key(asset.name()), body, ContentType.Expected.of(asset));
          LOG.info("stored {} of song {}, {} bytes", asset.name(), song.id(), file.bytes());
          settle(song, asset, new Asset.Stored(file));
        } catch (BadContentException e) {
          DownloadTask.Store next = e.getCause() == null ? elsewhere(song, asset, task) : task;
          tryAgain(song, asset, next, new Opened.NotNow(String.valueOf(e.getMessage())));
        } catch (IOException e) {
          tryAgain(song, asset, task, new Opened.NotNow(String.valueOf(e.getMessage())));
        }
      }
    }
  }

  /**
   * By a fresh link, where one led to another thing than the file. Not where asking costs money: a
   * call that has the file made, or one that lists stems.
   */
  private DownloadTask.Store elsewhere(Song song, Asset asset, DownloadTask.Store task) {
    boolean free =
        task.source() instanceof AssetSource.Link
            && asset.kind() != Asset.Kind.STEM
            && task.attempt() < MAX_ATTEMPTS;
    return free
        ? refreshed(provider(song), song, asset)
            .filter(AssetSource.Link.class::isInstance)
            .map(task::from)
            .orElse(task)
        : task;
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
    if (task.attempt() < MAX_ATTEMPTS) {
      LOG.info("{} of song {} is being made", asset.name(), song.id());
      queues.download(
          List.of(new DownloadTask.Store(task.song(), task.name(), source, task.attempt() + 1)),
          delays.collect(task.attempt()));
    } else {
      tryAgain(song, asset, task, new Opened.NotNow("it is still being made"));
    }
  }

  private void tryAgain(Song song, Asset asset, DownloadTask.Store task, Opened.NotNow why) {
    if (task.attempt() < MAX_ATTEMPTS) {
      LOG.warn("{} of song {} failed, trying again: {}", asset.name(), song.id(), why.detail());
      queues.download(List.of(task.next()), delays.asset(task.attempt(), why.retryAfter()));
    } else {
      LOG.warn("{} of song {} is given up: {}", asset.name(), song.id(), why.detail());
      Reason reason = Reasons.assetFailed(asset.name(), why.detail());
      settle(
          song,
          asset,
          asset.kind().isOptional() ? new Asset.Missing(reason) : new Asset.Failed(reason));
    }
  }

  private void settle(Song song, Asset asset, Asset.State state) {
    songs
        .apply(song.id(), new SongChange.Settled(asset.name(), state), clock.instant())
        .or(() -> songs.find(song.id()))
        .ifPresent(finish::finish);
  }

  /** Asks which stems the song has, and has each fetched. */
  public void run(DownloadTask.ListStems task) {
    Song song = songs.find(task.song()).orElseThrow();
    if (song.pending().stream().noneMatch(asset -> asset.kind() == Asset.Kind.STEM)) {
      finish.finish(song);
      return;
    }
    if (isCancelled(task.job())) {
      return;
    }
    Optional<String> account = jobs.find(song.id().job()).flatMap(Job::account);
    switch (provider(song).stems(song.providerSong(), account)) {
      case Provider.Stems.NotNow later when task.attempt() < MAX_ATTEMPTS -> {
        LOG.warn("stems of song {} are not to be had yet: {}", song.id(), later.reason());
        queues.download(List.of(task.next()), delays.asset(task.attempt()));
      }
      case Provider.Stems.NotNow later -> noStems(song, later.reason());
      case Provider.Stems.Never never -> noStems(song, never.reason());
      case Provider.Stems.Listed listed -> fetchStems(song, listed.byName());
      case Provider.Stems.Archived archived -> unpackStems(song, archived.archive(), task);
    }
  }

  private void noStems(Song song, Reason reason) {
    for (Asset asset : song.pending()) {
      if (asset.kind() == Asset.Kind.STEM) {
        settle(song, asset, new Asset.Failed(Reasons.assetFailed(asset.name(), reason.detail())));
      }
    }
  }

  private void fetchStems(Song song, Map<String, AssetSource> listed) {
    Map<String, AssetSource> byAsset = named(listed);
    if (byAsset.isEmpty() || byAsset.size() > MAX_STEMS) {
      noStems(song, new Reason("stems", "the provider lists " + listed.size() + " stems"));
      return;
    }
    Song expanded =
        songs
            .apply(
                song.id(),
                new SongChange.StemsListed(byAsset.keySet().stream().sorted().toList()),
                clock.instant())
            .orElse(song);
    List<DownloadTask> tasks = new ArrayList<>();
    for (Asset asset : expanded.pending()) {
      if (byAsset.containsKey(asset.name())) {
        tasks.add(new DownloadTask.Store(song.id(), asset.name(), byAsset.get(asset.name()), 1));
      }
    }
    if (!tasks.isEmpty()) {
      queues.download(tasks, Duration.ZERO);
    }
  }

  private void unpackStems(Song song, AssetSource archive, DownloadTask.ListStems task) {
    switch (provider(song).open(archive)) {
      case Opened.Gone gone -> unpackAgain(song, task, new Opened.NotNow(gone.detail()));
      case Opened.NotNow later -> unpackAgain(song, task, later);
      case Opened.Making _ -> unpackAgain(song, task, new Opened.NotNow("it is being made"));
      case Opened.Body body -> {
        try (body) {
          unpacked(song, new StemArchive().store(body.bytes(), song, store));
        } catch (BadContentException | IOException e) {
          unpackAgain(song, task, new Opened.NotNow(String.valueOf(e.getMessage())));
        }
      }
    }
  }

  private void unpacked(Song song, Map<String, StoredFile> stored) {
    if (stored.isEmpty() || stored.size() > MAX_STEMS) {
      noStems(song, new Reason("stems", "the archive holds " + stored.size() + " stems"));
      return;
    }
    LOG.info("unpacked {} stems of song {}", stored.size(), song.id());
    Song expanded =
        songs
            .apply(
                song.id(),
                new SongChange.StemsListed(List.copyOf(stored.keySet())),
                clock.instant())
            .or(() -> songs.find(song.id()))
            .orElse(song);
    for (Asset asset : expanded.pending()) {
      if (stored.containsKey(asset.name())) {
        settle(expanded, asset, new Asset.Stored(stored.get(asset.name())));
      }
    }
  }

  private void unpackAgain(Song song, DownloadTask.ListStems task, Opened.NotNow why) {
    if (task.attempt() < MAX_ATTEMPTS) {
      LOG.warn("stems of song {} failed, trying again: {}", song.id(), why.detail());
      queues.download(List.of(task.next()), delays.asset(task.attempt(), why.retryAfter()));
    } else {
      noStems(song, new Reason("stems", why.detail()));
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
