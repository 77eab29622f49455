package io.riffhook.simulator.useapi;

import io.riffhook.simulator.audio.Pcm;
import io.riffhook.simulator.audio.Recording;
import io.riffhook.simulator.audio.Recordings;
import io.riffhook.simulator.audio.Stem;
import io.riffhook.simulator.audio.WavFile;
import io.riffhook.simulator.http.Body;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.http.Reply.Delivery;
import io.riffhook.simulator.settings.LiveSettings;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the files of songs: behind links, as the storage host does, and for downloads. */
final class Media {
  /**
   * Where the storage host keeps files: "/storage/v1/object/public/riffs/…" on api.riffusion.com.
   */
  static final String ROOT = "/storage/v1/object/public/riffs/";

  private static final Pattern LINK =
      Pattern.compile(
          Pattern.quote(ROOT)
              + "[^/]+/(?<folder>.+)/(?<song>[0-9a-f-]{36})(?:_(?<number>\\d{1,9}))?\\.(?<extension>\\w+)");
  private static final byte[] PAGE =
      "<!doctype html><html><head><title>Just a moment</title></head><body>Checking your browser</body></html>"
          .getBytes(StandardCharsets.UTF_8);

  private final Songs songs;
  private final Recordings recordings;
  private final LiveSettings settings;
  private final InstantSource clock;
  private final Supplier<String> origin;

  Media(
      Songs songs,
      Recordings recordings,
      LiveSettings settings,
      InstantSource clock,
      Supplier<String> origin) {
    this.songs = songs;
    this.recordings = recordings;
    this.settings = settings;
    this.clock = clock;
    this.origin = origin;
  }

  Recording recording(SimulatedSong song) {
    return recordings.of(song.facts().brief());
  }

  /** A link to a file that works now. */
  String url(SimulatedSong song, MediaKind kind) {
    MediaLink link = song.link(kind, lifetime(), clock.instant());
    String suffix = link.number() == 0 ? "" : "_" + link.number();
    return "%s%s%s/%s/%s%s.%s"
        .formatted(
            origin.get(),
            ROOT,
            song.facts().userId(),
            kind.folder(),
            song.facts().id(),
            suffix,
            kind.extension());
  }

  /** What a link answers. */
  Reply fetch(String path) {
    Matcher link = LINK.matcher(path);
    if (!link.matches()) {
      return Replies.error(404, "Not Found");
    }
    Optional<MediaKind> kind =
        Arrays.stream(MediaKind.values())
            .filter(
                each ->
                    each.folder().equals(link.group("folder"))
                        && each.extension().equals(link.group("extension")))
            .findFirst();
    int number = Optional.ofNullable(link.group("number")).map(Integer::parseInt).orElse(0);
    return songs
        .find(String.valueOf(link.group("song")))
        .flatMap(song -> kind.map(found -> fetch(song, found, number)))
        .orElseGet(() -> Replies.error(404, "Object not found"));
  }

  Reply mp3(SimulatedSong song) {
    return serve("audio/mpeg", Body.of(recording(song).mp3()));
  }

  Reply wav(SimulatedSong song) {
    Pcm mix = recording(song).mix();
    long bytes = settings.get().media().wavBytes();
    return serve("audio/wav", body(bytes == 0 ? WavFile.of(mix) : new WavFile(mix, bytes)));
  }

  private Reply fetch(SimulatedSong song, MediaKind kind, int number) {
    if (!song.fetch(kind, number, lifetime(), clock.instant())) {
      return Replies.error(settings.get().media().expiredStatus(), "Link has expired");
    }
    Recording recording = recording(song);
    return serve(
        kind.contentType(),
        switch (kind) {
          case AUDIO -> Body.of(recording.m4a());
          case IMAGE -> Body.of(recording.cover());
          case VOCALS -> body(WavFile.of(recording.stem(Stem.VOCALS)));
          case DRUMS -> body(WavFile.of(recording.stem(Stem.DRUMS)));
          case BASS -> body(WavFile.of(recording.stem(Stem.BASS)));
          case OTHER -> body(WavFile.of(recording.stem(Stem.OTHER)));
        });
  }

  private Reply serve(String contentType, Body body) {
    if (settings.takeHtml()) {
      return new Reply.MediaReply(200, "text/html; charset=utf-8", Body.of(PAGE), Delivery.WHOLE);
    }
    if (settings.takeCut()) {
      return new Reply.MediaReply(200, contentType, body, Delivery.CUT);
    }
    boolean chunked = settings.get().media().chunked();
    return new Reply.MediaReply(
        200, contentType, body, chunked ? Delivery.CHUNKED : Delivery.WHOLE);
  }

  private MediaLink.Lifetime lifetime() {
    return MediaLink.Lifetime.of(settings.get().media());
  }

  private static Body body(WavFile wav) {
    return new Body(wav.bytes(), wav::writeTo);
  }
}
