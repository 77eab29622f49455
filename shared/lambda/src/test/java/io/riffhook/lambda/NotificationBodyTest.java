package io.riffhook.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Asset;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.EventType;
import io.riffhook.domain.InMemoryAssetStore;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobCases;
import io.riffhook.domain.JobDraft;
import io.riffhook.domain.JobEvent;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Notification;
import io.riffhook.domain.Owner;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Status;
import io.riffhook.domain.StoredFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What owners are told, to the field, and that it is never too long. */
class NotificationBodyTest {
  private static final Owner ALICE = new Owner("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final JobId JOB = new JobId("order-1");

  private final NotificationBody body = new NotificationBody(new InMemoryAssetStore());

  private static Job job(Status status) {
    return new JobDraft(JobCases.fresh(ALICE, NOW), status)
        .id(JOB)
        .updatedAt(NOW)
        .events(
            new JobEvent(1, EventType.JOB_SUBMITTED, NOW, OptionalInt.empty()),
            new JobEvent(2, EventType.SONG_STORED, NOW, OptionalInt.of(2)))
        .job();
  }

  private static Song song(int number, String title, String sound, Asset... assets) {
    return new Song(
        new SongId(JOB, number),
        ALICE,
        "useapi",
        "p1",
        "s" + number,
        title,
        false,
        Optional.of(sound),
        Optional.of("never told"),
        OptionalDouble.of(187.2),
        NOW,
        NOW,
        List.of(assets));
  }

  private static Asset stored(String name) {
    return new Asset(
        name,
        Asset.Kind.AUDIO,
        new Asset.Stored(new StoredFile("audio/mpeg", 4_492_800, "ab".repeat(32))));
  }

  private static Optional<ReadJobs.View> view(Status status, List<Song> songs) {
    return Optional.of(new ReadJobs.View(job(status), songs));
  }

  private static Notification event(int number) {
    Job job = job(Status.STORING);
    return Notification.of(job, job.events().get(number - 1));
  }

  private JsonNode read(Notification told, Optional<ReadJobs.View> view, boolean links)
      throws Exception {
    String text = body.of(told, view, links);
    assertThat(text.getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(NotificationBody.MAX_BYTES);
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void shouldTellOfAJobAsTheApiShowsIt() throws Exception {
    List<Song> songs = List.of(song(1, "Paper Boats", "soft keys", stored("song.mp3")));

    JsonNode document = read(event(1), view(Status.SUBMITTED, songs), false);

    assertThat(names(document))
        .containsExactly("id", "type", "timestamp", "owner", "sequence", "data");
    assertThat(document.path("id").asText()).isEqualTo("evt_order-1_1");
    assertThat(document.path("type").asText()).isEqualTo("job.submitted");
    assertThat(document.path("timestamp").asText()).isEqualTo("2026-11-21T12:00:00.123Z");
    assertThat(document.path("owner").asText()).isEqualTo("alice");
    assertThat(document.path("sequence").asLong()).isEqualTo(1_000);
    assertThat(names(document.path("data"))).containsExactly("job");
    assertThat(document.at("/data/job").toString())
        .isEqualTo(JobJson.job(job(Status.SUBMITTED), songs).toString());
  }

  @Test
  void shouldTellOfASongWithItsJob() throws Exception {
    List<Song> songs = List.of(song(1, "One", "a"), song(2, "Two", "b", stored("song.mp3")));

    JsonNode document = read(event(2), view(Status.STORING, songs), false);

    assertThat(document.path("type").asText()).isEqualTo("song.stored");
    assertThat(document.at("/data/job").toString())
        .isEqualTo(JobJson.job(job(Status.STORING), songs).toString());
    assertThat(document.at("/data/song").toString())
        .isEqualTo(JobJson.song(songs.get(1)).toString());
  }

  @Test
  void shouldGiveLinksToStoredAssetsWhereTheyAreWanted() throws Exception {
    Asset pending = Asset.pending("song.wav", Asset.Kind.AUDIO);
    List<Song> songs =
        List.of(song(2, "Two", "b", stored("song.mp3"), pending, stored("stems/drums.wav")));

    JsonNode ofSong = read(event(2), view(Status.STORING, songs), true);
    JsonNode ofJob = read(event(1), view(Status.STORING, songs), true);

    for (JsonNode assets :
        List.of(ofSong.at("/data/song/assets"), ofJob.at("/data/job/songs/0/assets"))) {
      assertThat(assets.findValuesAsText("name"))
          .containsExactly("song.mp3", "song.wav", "stems/drums.wav");
      assertThat(assets.at("/0/url").asText())
          .isEqualTo("memory:/alice/order-1/order-1-2/song.mp3");
      assertThat(assets.at("/1/url").isMissingNode()).isTrue();
      assertThat(assets.at("/2/url").asText())
          .isEqualTo("memory:/alice/order-1/order-1-2/stems/drums.wav");
    }
    assertThat(ofSong.path("data").path("job").findValues("url")).isEmpty();
    assertThat(ofSong.has("truncated") || ofJob.has("truncated")).isFalse();
    assertThat(read(event(2), view(Status.STORING, songs), false).findValues("url")).isEmpty();
  }

  /** Songs with ever more in them: what goes first, and that what is left is whole. */
  @ParameterizedTest
  @CsvSource({
    // songs, assets, sound, links wanted | links, assets, whole texts, songs
    " 2,  10,     10, true,  true,  true,  true,  true",
    " 2,  35,     10, true,  false, true,  true,  true",
    " 2,  33,     10, false, false, true,  true,  true",
    "16,  10,     10, true,  false, false, true,  true",
    "16,  10,     10, false, false, false, true,  true",
    "16,  10,   2000, false, false, false, false, true",
    "16, 200, 100000, true,  false, false, false, true"
  })
  void shouldLeaveOutWhatDoesNotFit(
      int count,
      int assets,
      int sound,
      boolean wanted,
      boolean links,
      boolean files,
      boolean texts,
      boolean listed)
      throws Exception {
    Asset[] each =
        IntStream.range(0, assets)
            .mapToObj(i -> stored("stems/s" + i + ".wav"))
            .toArray(Asset[]::new);
    List<Song> songs =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> song(i, "Käse 🧀", "ä".repeat(sound), each))
            .toList();

    JsonNode document = read(event(2), view(Status.STORING, songs), wanted);

    JsonNode first = document.at("/data/job/songs/0");
    assertThat(first.isObject()).isEqualTo(listed);
    assertThat(document.at("/data/job/songs")).hasSize(count);
    assertThat(first.path("assets").isArray()).isEqualTo(files);
    assertThat(document.at("/data/song/assets/0/url").isTextual()).isEqualTo(links);
    assertThat(first.path("sound").asText().equals("ä".repeat(sound))).isEqualTo(texts);
    assertThat(document.path("truncated").asBoolean(false))
        .isEqualTo((wanted && !links) || !files || !texts);
    assertThat(document.at("/data/song/title").asText()).isEqualTo("Käse 🧀");
  }

  /** More than a job can have: whatever else grows, the job stays. */
  @Test
  void shouldLeaveOutSongsRatherThanTheJob() throws Exception {
    List<Song> songs =
        IntStream.rangeClosed(1, 200).mapToObj(i -> song(i, "t", "s".repeat(300))).toList();

    JsonNode document = read(event(2), view(Status.STORING, songs), false);

    assertThat(document.path("truncated").asBoolean()).isTrue();
    assertThat(document.at("/data/job/status").asText()).isEqualTo("STORING");
    assertThat(document.at("/data/job/songs").isMissingNode()).isTrue();
    assertThat(document.at("/data/song/id").asText()).isEqualTo("order-1-2");
  }

  @Test
  void shouldNotCutACharacterInTwo() throws Exception {
    Notification told = data("{\"text\":[\"" + "x".repeat(199) + "🧀".repeat(10_000) + "\"]}");

    JsonNode document = read(told, Optional.empty(), false);

    assertThat(document.at("/data/text/0").asText()).isEqualTo("x".repeat(199) + "…");
    assertThat(document.path("truncated").asBoolean()).isTrue();
  }

  @Test
  void shouldTellOfAJobThatIsNotThere() throws Exception {
    JsonNode document = read(event(1), Optional.empty(), true);

    assertThat(document.path("data").toString()).isEqualTo("{\"job\":{\"id\":\"order-1\"}}");
  }

  @Test
  void shouldTellWhichEndpointIsDisabledAndWhy() throws Exception {
    Notification told =
        new Notification(
            "evt_ep_1_after_evt_2",
            EventType.ENDPOINT_DISABLED,
            NOW,
            0,
            ALICE,
            new Notification.Subject.OfEndpoint(
                new EndpointId("ep_1"),
                Optional.of(URI.create("https://shop.example/hooks")),
                new Reason("endpoint-gone", "it answered 410")));

    assertThat(read(told, Optional.empty(), false).path("data"))
        .isEqualTo(
            Json.read(
                """
                {"endpoint":{"id":"ep_1","url":"https://shop.example/hooks",
                 "reason":{"code":"endpoint-gone","detail":"it answered 410"}}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
  }

  private static Notification data(String json) {
    return new Notification(
        "evt_1", EventType.BATCH_ENDED, NOW, 0, ALICE, new Notification.Subject.Data(json));
  }

  @Test
  void shouldTellOtherThingsAsTheyAre() throws Exception {
    JsonNode document =
        read(data("{\"batch\":{\"id\":\"b1\",\"jobs\":3}}"), Optional.empty(), true);

    assertThat(document.path("data").toString())
        .isEqualTo("{\"batch\":{\"id\":\"b1\",\"jobs\":3}}");
    assertThat(document.has("truncated")).isFalse();
  }

  @Test
  void shouldTellNothingButIdsWhereNothingElseFits() throws Exception {
    String many =
        IntStream.range(0, 5_000)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "{\"lines\":[", "]}"));

    JsonNode document = read(data(many), Optional.empty(), false);

    assertThat(document.path("data")).isEmpty();
    assertThat(document.path("truncated").asBoolean()).isTrue();
    assertThat(document.path("id").asText()).isEqualTo("evt_1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[1]", "'\"text\"'", "{", "{\"a\":1,\"a\":2}"})
  void shouldRefuseDataThatIsNoObject(String json) {
    assertThatThrownBy(() -> body.of(data(json), Optional.empty(), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the data of a notification must be a JSON object");
  }
}
