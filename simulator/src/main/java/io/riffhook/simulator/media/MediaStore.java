package io.riffhook.simulator.media;

import io.riffhook.simulator.audio.Recording;
import io.riffhook.simulator.audio.SongBrief;
import io.riffhook.simulator.http.Body;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.http.Reply.Delivery;
import io.riffhook.simulator.settings.MediaSettings;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one provider's songs: links to them, what the links answer, and downloads without a
 * link. All faults of media are made here. A link is {@code ROOT/OWNER/FOLDER/ID.EXTENSION}, with
 * {@code _N} behind the id when it follows N links that expired. Safe for use by several threads.
 */
public final class MediaStore {
  private static final byte[] PAGE =
      "<!doctype html><html><head><title>Just a moment</title></head><body>Checking your browser</body></html>"
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger versions = new AtomicInteger();
  private final String root;
  private final Pattern pattern;
  private final Environment environment;
  private final Store<Shelf> shelves = new Store<>();

  /** A store whose links begin with the path {@code root}, which ends in a slash. */
  public MediaStore(String root, Environment environment) {
    this.root = root;
    this.pattern =
        Pattern.compile(
            Pattern.quote(root)
                + "[^/]+/(?<folder>.+)/(?<id>[\\w.-]{1,64}?)(?:_(?<number>\\d{1,9}))?\\.(?<extension>\\w+)");
    this.environment = environment;
  }

  /** Whether a path is that of a link of this store, good or not. */
  public boolean serves(String path) {
    return path.startsWith(root);
  }

  /** The recording of a song. */
  public Recording recording(SongBrief brief) {
    return environment.recordings().of(brief);
  }

  /** A link to a file that works now: the last one given, or a new one when that has expired. */
  public String url(Item item, MediaKind kind) {
    int number =
        shelves
            .findOrAdd(item.id(), () -> new Shelf(item.brief()))
            .link(kind, lifetime(), environment.clock().instant())
            .number();
    String suffix = number == 0 ? "" : "_" + number;
    return "%s%s%s/%s/%s%s.%s"
        .formatted(
            environment.origin().get(),
            root,
            item.owner(),
            kind.folder(),
            item.id(),
            suffix,
            kind.extension());
  }

  /** Makes every link to a song's files answer 404. */
  public void remove(String id) {
    shelves.remove(id);
  }

  /** What a link answers. */
  public Reply fetch(Call call) {
    Matcher link = pattern.matcher(call.path());
    if (!link.matches()) {
      return error(404, "Not Found");
    }
    Optional<MediaKind> kind =
        Arrays.stream(MediaKind.values())
            .filter(
                each ->
                    each.folder().equals(link.group("folder"))
                        && each.extension().equals(link.group("extension")))
            .findFirst();
    int number = Optional.ofNullable(link.group("number")).map(Integer::parseInt).orElse(0);
    return shelves
        .find(String.valueOf(link.group("id")))
        .flatMap(shelf -> kind.map(found -> fetch(call, shelf, found, number)))
        .orElseGet(() -> error(404, "Object not found"));
  }

  /** A song's file as the answer of a call: all of it, for no page of a vendor offers parts. */
  public Reply download(SongBrief brief, MediaKind kind) {
    return fault().orElseGet(() -> sent(200, kind.contentType(), Map.of(), file(brief, kind)));
  }

  /** Any other file behind a link, with the faults of all, and in parts as storage hosts do it. */
  public Reply serve(Call call, String contentType, Body body) {
    return fault().orElseGet(() -> ranged(call, contentType, body));
  }

  private Optional<Reply> fault() {
    MediaSettings media = environment.settings().get().media();
    if (environment.settings().takeBusy()) {
      return Optional.of(
          new Reply.MediaReply(
              503,
              "text/plain",
              Map.of("Retry-After", Long.toString(media.retryAfter().toSeconds())),
              Body.of("busy".getBytes(StandardCharsets.UTF_8)),
              new Delivery.Whole()));
    }
    return environment.settings().takeHtml()
        ? Optional.of(
            new Reply.MediaReply(
                200, "text/html; charset=utf-8", Map.of(), Body.of(PAGE), new Delivery.Whole()))
        : Optional.empty();
  }

  /** RFC 9110, 14: one range, of the version that is asked for; all else gets the whole file. */
  private Reply ranged(Call call, String contentType, Body body) {
    MediaSettings media = environment.settings().get().media();
    if (!media.ranges()) {
      return sent(200, contentType, Map.of(), body);
    }
    String version = media.changing() ? "-" + versions.incrementAndGet() : "";
    String tag =
        "\"" + Integer.toHexString(Objects.hash(call.path(), body.length())) + version + "\"";
    Map<String, String> headers = Map.of("Accept-Ranges", "bytes", "ETag", tag);
    String ifRange = call.range().ifRange();
    boolean sameVersion = ifRange.isEmpty() || ifRange.equals(tag);
    Optional<ByteRange> range =
        ByteRange.of(call.range().range(), body.length()).filter(_ -> sameVersion);
    return range
        .map(part -> part(part, contentType, headers, body))
        .orElseGet(() -> sent(200, contentType, headers, body));
  }

  private Reply part(ByteRange part, String contentType, Map<String, String> headers, Body body) {
    Map<String, String> more = new HashMap<>(headers);
    if (part.isEmpty()) {
      more.put("Content-Range", "bytes */" + body.length());
      return new Reply.MediaReply(
          416, contentType, more, Body.of(new byte[0]), new Delivery.Whole());
    }
    more.put("Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), body.length()));
    return sent(206, contentType, more, body.part(part.first(), part.bytes()));
  }

  private Reply sent(int status, String contentType, Map<String, String> headers, Body body) {
    return new Reply.MediaReply(status, contentType, headers, body, delivery(body));
  }

  private Delivery delivery(Body body) {
    MediaSettings media = environment.settings().get().media();
    if (environment.settings().takeCut()) {
      return new Delivery.Cut(media.cutAfter() == 0 ? body.length() / 2 : media.cutAfter());
    }
    return media.chunked() ? new Delivery.Chunked() : new Delivery.Whole();
  }

  private Body file(SongBrief brief, MediaKind kind) {
    return kind.of(recording(brief), environment.settings().get().media());
  }

  private Reply fetch(Call call, Shelf shelf, MediaKind kind, int number) {
    return shelf.fetch(kind, number, lifetime(), environment.clock().instant())
        ? serve(call, kind.contentType(), file(shelf.brief(), kind))
        : error(environment.settings().get().media().expiredStatus(), "Link has expired");
  }

  private MediaLink.Lifetime lifetime() {
    return MediaLink.Lifetime.of(environment.settings().get().media());
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, Json.object().put("error", message).put("code", status));
  }

  /** The links to the files of one song. */
  private static final class Shelf {
    private final SongBrief brief;
    private final Map<MediaKind, MediaLink> links = new EnumMap<>(MediaKind.class);

    Shelf(SongBrief brief) {
      this.brief = brief;
    }

    SongBrief brief() {
      return brief;
    }

    synchronized MediaLink link(MediaKind kind, MediaLink.Lifetime lifetime, Instant now) {
      MediaLink last = links.getOrDefault(kind, new MediaLink(0, now, 0));
      MediaLink link =
          last.isExpired(lifetime, now) ? new MediaLink(last.number() + 1, now, 0) : last;
      links.put(kind, link);
      return link;
    }

    /** Counts a fetch of a link; false when that link is not, or no longer, good. */
    synchronized boolean fetch(
        MediaKind kind, int number, MediaLink.Lifetime lifetime, Instant now) {
      MediaLink link = links.get(kind);
      if (link == null || link.number() != number || link.isExpired(lifetime, now)) {
        return false;
      }
      links.put(kind, link.fetched());
      return true;
    }
  }
}
