package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What all {@link Queues} must do: what is sent can be taken, as it was sent and not before its
 * delay. In which order, and whether once or more often, is not promised.
 */
public abstract class QueuesContract {
  /** What providers' ids can hold: anything that a JSON text can. */
  private static final String ODD = "\u0000\t\n\"\\ é \u2028 😀 \uFFFE\uFFFF \uD800 </a>&amp;";

  private static final Reason REASON = new Reason("endpoint-gone", "it answered \u201c410\u201d");

  private final JobId job = new JobId(UUID.randomUUID().toString());
  private final SongId song = new SongId(job, 2);

  /** What a message asks a function to do. */
  public sealed interface Told {}

  /** To make a job's call to the provider. */
  public record ToSubmit(JobId job) implements Told {}

  /** To check a job's liveness. */
  public record ToCheck(JobId job, int number) implements Told {}

  /** To fetch something. */
  public record ToDownload(DownloadTask task) implements Told {}

  /** To tell somebody something. */
  public record ToTell(NotificationTask task) implements Told {}

  /** To publish an event. */
  public record ToPublish(String json) implements Told {}

  /** To carry on a batch. */
  public record ToBatch(BatchTask task) implements Told {}

  /** To submit a line of a batch. */
  public record ToOrder(BatchOrder order) implements Told {}

  /**
   * A message that was taken.
   *
   * @param held how long the queue kept it back after it was sent
   */
  public record Taken(Told told, Duration held) {}

  /** The queues under test. They are empty when a test begins. */
  protected abstract Queues queues();

  /** Takes so many messages, each when its time has come; fewer where no more come. */
  protected abstract List<Taken> take(Queues.Name queue, int count);

  @Test
  void shouldBringASubmission() {
    queues().submission(job, Duration.ZERO);
    assertThat(told(Queues.Name.SUBMISSION, 1)).containsExactly(new ToSubmit(job));
  }

  @Test
  void shouldBringAChecksNumber() {
    queues().check(job, 1, Duration.ZERO);
    queues().check(job, Integer.MAX_VALUE, Duration.ZERO);
    assertThat(told(Queues.Name.CHECK, 2))
        .containsExactlyInAnyOrder(new ToCheck(job, 1), new ToCheck(job, Integer.MAX_VALUE));
  }

  @Test
  void shouldBringEachKindOfTaskAsItWasSent() {
    List<DownloadTask> tasks =
        List.of(
            new DownloadTask.Collect(job, Optional.empty(), 1),
            new DownloadTask.Collect(job, Optional.of(ODD), 2),
            new DownloadTask.Adopt(job, ODD, 3),
            store("https://cdn.example/a%20b.mp3?sig=%2B%C3%BC&x=1#part", 3),
            new DownloadTask.Store(
                song,
                "stems/lead vocals.wav",
                new AssetSource.ApiDownload(ODD, Format.WAV, Optional.empty()),
                4),
            new DownloadTask.Store(
                song,
                Asset.STEMS,
                new AssetSource.ApiDownload("s", Format.STEMS, Optional.of("me@example.com")),
                Integer.MAX_VALUE),
            new DownloadTask.ListStems(song, 5),
            new DownloadTask.Prepare(job, 6),
            new DownloadTask.Fetch(new UploadId(job.value()), 7));
    assertThat(tasks.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(DownloadTask.class.getPermittedSubclasses());

    queues().download(tasks, Duration.ZERO);

    assertThat(told(Queues.Name.DOWNLOAD, tasks.size()))
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(ToDownload::new).toList());
  }

  @Test
  void shouldBringEachKindOfNotificationAsItWasSent() {
    Instant at = Instant.parse("2026-11-21T02:25:14.123456789Z");
    Owner owner = new Owner("alice");
    EndpointId endpoint = new EndpointId("ep_1");
    Notification stored =
        new Notification(
            "evt_1",
            EventType.SONG_STORED,
            at,
            3_000,
            owner,
            new Notification.Subject.OfJob(job, OptionalInt.of(2)));
    Notification rejected =
        new Notification(
            "evt_2",
            EventType.SUBMISSION_REJECTED,
            at,
            0,
            owner,
            new Notification.Subject.Data("{\"reason\":\"a \u201cquoted\u201d one\"}"));
    Notification disabled =
        new Notification(
            "evt_3",
            EventType.ENDPOINT_DISABLED,
            at,
            0,
            owner,
            new Notification.Subject.OfEndpoint(
                endpoint, Optional.of(URI.create("https://shop.example/?a=b")), REASON));
    List<NotificationTask> tasks =
        List.of(
            new NotificationTask.Announce(job),
            new NotificationTask.Progress(job),
            new NotificationTask.Tell(rejected),
            new NotificationTask.Tell(disabled),
            new NotificationTask.Deliver(stored, endpoint, 1, at),
            new NotificationTask.Deliver(stored, EndpointId.ofJob(job), 10, at));
    assertThat(tasks.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(NotificationTask.class.getPermittedSubclasses());

    tasks.forEach(task -> queues().notification(task, Duration.ZERO));

    assertThat(told(Queues.Name.NOTIFICATION, tasks.size()))
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(ToTell::new).toList());
  }

  @Test
  void shouldBringAnEventAsItWasSent() {
    String event = "{\"id\":\"evt_1\",\"data\":{\"title\":\"\u00fc\"}}";
    queues().event(event);
    assertThat(told(Queues.Name.EVENT, 1)).containsExactly(new ToPublish(event));
  }

  @Test
  void shouldBringManyEventsAndNotificationsAsTheyWereSent() {
    List<String> events =
        IntStream.rangeClosed(1, 11).mapToObj(number -> "{\"id\":\"evt_" + number + "\"}").toList();
    queues().events(events);
    queues().events(List.of());
    assertThat(told(Queues.Name.EVENT, events.size()))
        .containsExactlyInAnyOrderElementsOf(events.stream().map(ToPublish::new).toList());
    List<NotificationTask> tasks =
        IntStream.rangeClosed(1, 11)
            .<NotificationTask>mapToObj(
                number -> new NotificationTask.Announce(new JobId("job-" + number)))
            .toList();
    queues().notifications(tasks, Duration.ZERO);
    queues().notifications(List.of(), Duration.ZERO);
    assertThat(told(Queues.Name.NOTIFICATION, tasks.size()))
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(ToTell::new).toList());
  }

  @Test
  void shouldBringWhatABatchNeeds() {
    BatchLine line = new BatchLine(new BatchId("b-1"), 1_000);
    List<BatchTask> tasks =
        List.of(
            new BatchTask.Ended(line),
            new BatchTask.Refused(line, new Reason("id-taken", "a \u201cquoted\u201d one")),
            new BatchTask.Check(line.batch(), 7));
    assertThat(tasks.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(BatchTask.class.getPermittedSubclasses());
    tasks.forEach(task -> queues().batch(task, Duration.ZERO));
    assertThat(told(Queues.Name.BATCH, tasks.size()))
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(ToBatch::new).toList());
  }

  @Test
  void shouldBringTheLinesOfABatchAsTheyWereSent() {
    List<BatchOrder> orders =
        IntStream.rangeClosed(1, 23)
            .mapToObj(
                number ->
                    new BatchOrder(
                        new BatchLine(new BatchId("b-1"), number),
                        new Owner("alice"),
                        "{\"prompt\":\"line " + number + " \u00fc\"}"))
            .toList();
    queues().orders(orders);
    queues().orders(List.of());
    assertThat(told(Queues.Name.SUBMISSION, orders.size()))
        .containsExactlyInAnyOrderElementsOf(orders.stream().map(ToOrder::new).toList());
  }

  @Test
  void shouldBringMoreThanOneRequestHoldsByNumberAndByBytes() {
    String query = "x".repeat(150_000);
    List<DownloadTask> tasks =
        IntStream.range(0, 23)
            .<DownloadTask>mapToObj(
                i ->
                    i % 2 == 0
                        ? new DownloadTask.Collect(job, Optional.of("p" + i), 1)
                        : store("https://cdn.example/" + i + "?" + query, 1))
            .toList();

    queues().download(tasks, Duration.ZERO);
    queues().download(List.of(), Duration.ZERO);

    assertThat(told(Queues.Name.DOWNLOAD, tasks.size()))
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(ToDownload::new).toList());
  }

  @Test
  void shouldRefuseATaskThatNoMessageHolds() {
    DownloadTask small = new DownloadTask.Prepare(job, 1);
    DownloadTask large = store("https://cdn.example/?" + "x".repeat(1024 * 1024), 1);
    assertThatThrownBy(() -> queues().download(List.of(large), Duration.ZERO))
        .isInstanceOf(RuntimeException.class);
    queues().download(List.of(small), Duration.ZERO);
    assertThat(told(Queues.Name.DOWNLOAD, 1)).containsExactly(new ToDownload(small));
  }

  @Test
  void shouldKeepAMessageBackForItsDelay() {
    Duration delay = Duration.ofMillis(700);
    queues().check(job, 1, delay);
    queues().submission(job, delay);
    queues().download(List.of(new DownloadTask.Prepare(job, 1)), delay);
    queues().notification(new NotificationTask.Announce(job), delay);
    queues().batch(new BatchTask.Ended(new BatchLine(new BatchId("b-1"), 1)), delay);
    assertThat(
            Arrays.stream(Queues.Name.values())
                .filter(queue -> queue != Queues.Name.EVENT)
                .flatMap(queue -> take(queue, 1).stream())
                .toList())
        .hasSize(5)
        .allSatisfy(taken -> assertThat(taken.held()).isGreaterThanOrEqualTo(delay));
  }

  @Test
  void shouldBringAMessageThatIsOverdueAtOnce() {
    queues().check(job, 1, Duration.ofDays(-1));
    assertThat(told(Queues.Name.CHECK, 1)).containsExactly(new ToCheck(job, 1));
  }

  @Test
  void shouldTakeADelayThatIsLongerThanTheLongest() {
    assertThatCode(
            () ->
                Stream.of(Queues.MAX_DELAY, Queues.MAX_DELAY.plusNanos(1), Duration.ofDays(9_999))
                    .forEach(
                        delay -> {
                          queues().check(job, 1, delay);
                          queues().submission(job, delay);
                          queues().download(List.of(new DownloadTask.Prepare(job, 1)), delay);
                        }))
        .doesNotThrowAnyException();
  }

  private List<Told> told(Queues.Name queue, int count) {
    return take(queue, count).stream().map(Taken::told).toList();
  }

  private DownloadTask store(String link, int attempt) {
    return new DownloadTask.Store(
        song, "song.mp3", new AssetSource.Link(URI.create(link)), attempt);
  }
}
