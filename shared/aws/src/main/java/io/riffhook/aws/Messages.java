package io.riffhook.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.AssetKey;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchOrder;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Reason;
import io.riffhook.domain.SongId;
import io.riffhook.domain.UploadId;
import io.riffhook.json.JsonTrees;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;

/**
 * The bodies of our queue messages. A body can hold a link that lets anybody read an asset, so no
 * error quotes one.
 */
public final class Messages {
  /**
   * In ASCII: SQS refuses a message with characters that XML has not, and a provider's id can hold
   * any
   * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
   */
  private static final JsonTrees JSON =
      new JsonTrees(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  /** For what callers wrote: it stays as it was. */
  private static final JsonTrees PLAIN = new JsonTrees(new JsonFactory());

  private static final String TYPE = "type";
  private static final String SUBMISSION = "submission";
  private static final String WAITING = "waiting";
  private static final String CHECK = "check";
  private static final String ADOPT = "adopt";
  private static final String COLLECT = "collect";
  private static final String STORE = "store";
  private static final String STEMS = "stems";
  private static final String PREPARE = "prepare";
  private static final String FETCH = "fetch";
  static final String JOB = "jobId";
  private static final String UPLOAD = "uploadId";
  private static final String SONG = "songId";
  private static final String NUMBER = "number";
  private static final String ATTEMPT = "attempt";
  private static final String PROVIDER_JOB = "providerJob";
  private static final String NAME = "name";
  private static final String LINK = "link";
  private static final String UNREADABLE = "unreadable";
  private static final String PROVIDER_SONG = "providerSong";
  private static final String FORMAT = "format";
  private static final String ACCOUNT = "account";
  private static final String ID = "id";
  private static final String SINCE = "since";
  private static final String ANNOUNCE = "announce";
  private static final String PROGRESS = "progress";
  private static final String TELL = "tell";
  private static final String DELIVER = "deliver";
  private static final String NOTIFICATION = "notification";
  private static final String ENDPOINT = "endpointId";
  private static final String DUE = "due";
  private static final String ENDED = "ended";
  private static final String BATCH = "batchId";
  private static final String LINE = "line";
  private static final String REFUSED = "refused";
  private static final String CODE = "code";
  private static final String DETAIL = "detail";
  private static final String ORDER = "order";
  private static final String OWNER = "owner";

  private Messages() {}

  /** That a job's liveness is to be checked. */
  public record Check(JobId job, int number) {}

  /**
   * The job that a message on the submission queue means, where the message is one of ours; empty
   * where it is anything else, such as a caller's own submission.
   */
  public static Optional<JobId> ownSubmission(String body) {
    JsonNode node;
    try {
      node = JSON.read(body);
    } catch (JsonProcessingException _) {
      // Not ours; whoever reads callers' submissions says what is wrong with it.
      return Optional.empty();
    }
    boolean ours =
        node.isObject() && node.size() == 2 && SUBMISSION.equals(node.path(TYPE).textValue());
    return ours
        ? Optional.ofNullable(node.path(JOB).textValue()).filter(JobId::isValid).map(JobId::new)
        : Optional.empty();
  }

  /**
   * A caller's submission that waits for room under its owner's limits.
   *
   * @param submission the caller's message, with the id of the job that it is to be
   * @param since when it was first tried
   */
  public record Waiting(String submission, Instant since) {}

  /** The submission that waits in a message, where the message is one of those. */
  public static Optional<Waiting> waiting(String body) {
    try {
      JsonNode node = JSON.read(body);
      if (node.isObject()
          && node.size() == 3
          && WAITING.equals(node.path(TYPE).textValue())
          && node.path(SUBMISSION).isObject()
          && node.path(SINCE).isIntegralNumber()) {
        return Optional.of(
            new Waiting(
                PLAIN.text(node.path(SUBMISSION)),
                Instant.ofEpochMilli(node.path(SINCE).longValue())));
      }
    } catch (JsonProcessingException _) {
      // Not ours, as above.
    }
    return Optional.empty();
  }

  /** The line of a batch that a message submits, where the message is one of those. */
  public static Optional<BatchOrder> order(String body) {
    try {
      JsonNode node = JSON.read(body);
      String batch = node.path(BATCH).asText();
      String owner = node.path(OWNER).asText();
      if (node.isObject()
          && node.size() == 5
          && ORDER.equals(node.path(TYPE).textValue())
          && node.path(SUBMISSION).isObject()
          && BatchId.isValid(batch)
          && Owner.isValid(owner)
          && node.path(LINE).isInt()
          && node.path(LINE).intValue() > 0) {
        return Optional.of(
            new BatchOrder(
                new BatchLine(new BatchId(batch), node.path(LINE).intValue()),
                new Owner(owner),
                PLAIN.text(node.path(SUBMISSION))));
      }
    } catch (JsonProcessingException _) {
      // Not ours, as above.
    }
    return Optional.empty();
  }

  static String order(BatchOrder order) {
    ObjectNode node =
        typed(ORDER)
            .put(BATCH, order.line().batch().value())
            .put(LINE, order.line().number())
            .put(OWNER, order.owner().name());
    try {
      if (JSON.read(order.json()) instanceof ObjectNode submission) {
        return text(node.<ObjectNode>set(SUBMISSION, submission));
      }
    } catch (JsonProcessingException _) {
      // Said below; its text would quote the caller's words.
    }
    throw new IllegalArgumentException("a line of a batch must be a JSON object");
  }

  /** The check that a message asks for. */
  public static Check check(String body) throws MalformedMessageException {
    JsonNode node = object(body);
    if (!CHECK.equals(text(node, TYPE))) {
      throw new MalformedMessageException("its type is not " + CHECK);
    }
    return new Check(job(node), number(node, NUMBER));
  }

  /** The download that a message asks for. */
  public static DownloadTask download(String body) throws MalformedMessageException {
    JsonNode node = object(body);
    return switch (text(node, TYPE)) {
      case COLLECT ->
          new DownloadTask.Collect(
              job(node),
              node.has(PROVIDER_JOB) ? Optional.of(text(node, PROVIDER_JOB)) : Optional.empty(),
              number(node, ATTEMPT));
      case ADOPT ->
          new DownloadTask.Adopt(job(node), text(node, PROVIDER_JOB), number(node, ATTEMPT));
      case STORE ->
          new DownloadTask.Store(song(node), assetName(node), source(node), number(node, ATTEMPT));
      case STEMS -> new DownloadTask.ListStems(song(node), number(node, ATTEMPT));
      case PREPARE -> new DownloadTask.Prepare(job(node), number(node, ATTEMPT));
      case FETCH -> new DownloadTask.Fetch(upload(node), number(node, ATTEMPT));
      default -> throw new MalformedMessageException("its type is unknown");
    };
  }

  static String submission(JobId job) {
    return text(typed(SUBMISSION).put(JOB, job.value()));
  }

  /**
   * @param submission a JSON object
   */
  static String waiting(String submission, JobId job, Instant since) {
    try {
      if (JSON.read(submission) instanceof ObjectNode caller) {
        ObjectNode node = typed(WAITING).put(SINCE, since.toEpochMilli());
        node.set(SUBMISSION, caller.put(ID, job.value()));
        return node.toString();
      }
    } catch (JsonProcessingException _) {
      // Said below; its text would quote the caller's words.
    }
    throw new IllegalArgumentException("a submission that waits must be a JSON object");
  }

  static String check(JobId job, int number) {
    return text(typed(CHECK).put(JOB, job.value()).put(NUMBER, number));
  }

  static String download(DownloadTask task) {
    return text(json(task));
  }

  private static ObjectNode json(DownloadTask task) {
    return switch (task) {
      case DownloadTask.Collect collect -> {
        ObjectNode node = typed(COLLECT).put(JOB, collect.job().value());
        collect.providerJob().ifPresent(providerJob -> node.put(PROVIDER_JOB, providerJob));
        yield node.put(ATTEMPT, collect.attempt());
      }
      case DownloadTask.Adopt adopt ->
          typed(ADOPT)
              .put(JOB, adopt.job().value())
              .put(PROVIDER_JOB, adopt.providerJob())
              .put(ATTEMPT, adopt.attempt());
      case DownloadTask.Store store -> {
        ObjectNode node = typed(STORE).put(SONG, store.song().toString()).put(NAME, store.name());
        switch (store.source()) {
          case AssetSource.Link link -> node.put(LINK, link.uri().toString());
          case AssetSource.Unreadable link -> node.put(UNREADABLE, link.why());
          case AssetSource.ApiDownload api -> {
            node.put(PROVIDER_SONG, api.providerSong()).put(FORMAT, api.format().value());
            api.account().ifPresent(account -> node.put(ACCOUNT, account));
          }
        }
        yield node.put(ATTEMPT, store.attempt());
      }
      case DownloadTask.ListStems stems ->
          typed(STEMS).put(SONG, stems.song().toString()).put(ATTEMPT, stems.attempt());
      case DownloadTask.Prepare prepare ->
          typed(PREPARE).put(JOB, prepare.job().value()).put(ATTEMPT, prepare.attempt());
      case DownloadTask.Fetch fetch ->
          typed(FETCH).put(UPLOAD, fetch.upload().value()).put(ATTEMPT, fetch.attempt());
    };
  }

  /** What there is to tell, of a message on the notification queue. */
  public static NotificationTask notification(String body) throws MalformedMessageException {
    JsonNode node = object(body);
    return switch (text(node, TYPE)) {
      case ANNOUNCE -> new NotificationTask.Announce(job(node));
      case PROGRESS -> new NotificationTask.Progress(job(node));
      case TELL -> new NotificationTask.Tell(NotificationJson.read(node.path(NOTIFICATION)));
      case DELIVER ->
          new NotificationTask.Deliver(
              NotificationJson.read(node.path(NOTIFICATION)),
              endpoint(node),
              number(node, ATTEMPT),
              NotificationJson.time(node, DUE));
      default -> throw new MalformedMessageException("its type is unknown");
    };
  }

  static String notification(NotificationTask task) {
    return text(
        switch (task) {
          case NotificationTask.Announce announce ->
              typed(ANNOUNCE).put(JOB, announce.job().value());
          case NotificationTask.Progress progress ->
              typed(PROGRESS).put(JOB, progress.job().value());
          case NotificationTask.Tell tell ->
              typed(TELL)
                  .<ObjectNode>set(NOTIFICATION, NotificationJson.write(tell.notification()));
          case NotificationTask.Deliver deliver ->
              typed(DELIVER)
                  .put(ENDPOINT, deliver.endpoint().value())
                  .put(ATTEMPT, deliver.attempt())
                  .put(DUE, deliver.due().toString())
                  .<ObjectNode>set(NOTIFICATION, NotificationJson.write(deliver.notification()));
        });
  }

  /** What there is to do for a batch, of a message on its queue. */
  public static BatchTask batch(String body) throws MalformedMessageException {
    JsonNode node = object(body);
    return switch (text(node, TYPE)) {
      case ENDED -> new BatchTask.Ended(new BatchLine(batch(node), number(node, LINE)));
      case REFUSED ->
          new BatchTask.Refused(
              new BatchLine(batch(node), number(node, LINE)),
              new Reason(text(node, CODE), text(node, DETAIL)));
      case CHECK -> new BatchTask.Check(batch(node), number(node, NUMBER));
      default -> throw new MalformedMessageException("its type is unknown");
    };
  }

  static String batch(BatchTask task) {
    return text(
        switch (task) {
          case BatchTask.Ended ended ->
              typed(ENDED)
                  .put(BATCH, ended.line().batch().value())
                  .put(LINE, ended.line().number());
          case BatchTask.Refused refused ->
              typed(REFUSED)
                  .put(BATCH, refused.line().batch().value())
                  .put(LINE, refused.line().number())
                  .put(CODE, refused.reason().code())
                  .put(DETAIL, refused.reason().detail());
          case BatchTask.Check check ->
              typed(CHECK).put(BATCH, check.batch().value()).put(NUMBER, check.number());
        });
  }

  private static BatchId batch(JsonNode node) throws MalformedMessageException {
    String id = text(node, BATCH);
    if (!BatchId.isValid(id)) {
      throw invalid(BATCH);
    }
    return new BatchId(id);
  }

  static EndpointId endpoint(JsonNode node) throws MalformedMessageException {
    String id = text(node, ENDPOINT);
    if (!EndpointId.isValid(id)) {
      throw invalid(ENDPOINT);
    }
    return new EndpointId(id);
  }

  private static String text(ObjectNode node) {
    return JSON.text(node);
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put(TYPE, type);
  }

  private static JsonNode object(String body) throws MalformedMessageException {
    try {
      JsonNode node = JSON.read(body);
      if (!node.isObject()) {
        throw new MalformedMessageException("it is not a JSON object");
      }
      return node;
    } catch (JsonProcessingException _) {
      throw new MalformedMessageException("it is not JSON");
    }
  }

  static JobId job(JsonNode node) throws MalformedMessageException {
    String id = text(node, JOB);
    if (!JobId.isValid(id)) {
      throw invalid(JOB);
    }
    return new JobId(id);
  }

  private static UploadId upload(JsonNode node) throws MalformedMessageException {
    String id = text(node, UPLOAD);
    if (!UploadId.isValid(id)) {
      throw invalid(UPLOAD);
    }
    return new UploadId(id);
  }

  private static SongId song(JsonNode node) throws MalformedMessageException {
    return SongId.parse(text(node, SONG)).orElseThrow(() -> invalid(SONG));
  }

  private static String assetName(JsonNode node) throws MalformedMessageException {
    String name = text(node, NAME);
    if (!AssetKey.isValidName(name)) {
      throw invalid(NAME);
    }
    return name;
  }

  private static AssetSource source(JsonNode node) throws MalformedMessageException {
    if (node.has(LINK)) {
      try {
        return new AssetSource.Link(new URI(text(node, LINK)));
      } catch (URISyntaxException _) {
        throw invalid(LINK);
      }
    }
    if (node.has(UNREADABLE)) {
      return new AssetSource.Unreadable(text(node, UNREADABLE));
    }
    Format format = Format.of(text(node, FORMAT)).orElseThrow(() -> invalid(FORMAT));
    return new AssetSource.ApiDownload(
        text(node, PROVIDER_SONG),
        format,
        node.has(ACCOUNT) ? Optional.of(text(node, ACCOUNT)) : Optional.empty());
  }

  static String text(JsonNode node, String name) throws MalformedMessageException {
    String text = node.path(name).textValue();
    if (text == null) {
      throw invalid(name);
    }
    return text;
  }

  private static int number(JsonNode node, String name) throws MalformedMessageException {
    JsonNode number = node.path(name);
    if (!number.isInt() || number.intValue() < 1) {
      throw invalid(name);
    }
    return number.intValue();
  }

  static MalformedMessageException invalid(String name) {
    return new MalformedMessageException("its " + name + " is missing or invalid");
  }
}
