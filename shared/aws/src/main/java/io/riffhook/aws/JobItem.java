package io.riffhook.aws;

import io.riffhook.domain.EventType;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobEvent;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Status;
import io.riffhook.domain.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job as an item. */
final class JobItem {
  static final String STATUS = "status";
  static final String PROVIDER = "provider";
  static final String PROGRESS = "progress";
  static final String ATTEMPT = "attempt";
  static final String REASON = "reason";
  static final String UPDATED_AT = "updatedAt";
  static final String DEADLINE = "deadline";
  static final String SUBMISSION = "submission";
  static final String CALLS = "calls";
  static final String UNKNOWNS = "unknowns";
  static final String ACCOUNT = "account";
  static final String PROVIDER_JOBS = "providerJobs";
  static final String WOKEN = "woken";
  static final String COLLECTED = "collected";
  static final String SONG_NUMBERS = "songNumbers";
  static final String STORED_SONGS = "storedSongs";
  static final String CHECKS = "checks";
  static final String FORMATS = "formats";
  static final String CALLBACKS = "callbacks";
  static final String EVENTS = "events";
  static final String TOLD = "told";
  static final String PROGRESS_WANTED = "progressWanted";
  static final String PROGRESS_TOLD_AT = "progressToldAt";

  /** Within the submission: which of its states, and since or until when. */
  static final String STATE = "state";

  static final String AT = "at";

  /** The number of the try of giving the provider the job's files, if it is above 1. */
  static final String PREPARATION = "preparation";

  /** When a call with an unknown outcome is looked up next. */
  static final String NEXT = "next";

  static final String WAITING = "waiting";
  static final String IN_FLIGHT = "in-flight";
  static final String UNKNOWN = "unknown";
  static final String ACCEPTED = "accepted";

  private static final String TYPE = "type";
  private static final String SONG = "song";
  private static final String ID = "id";
  private static final String OWNER = "owner";
  private static final String REQUEST = "request";
  private static final String CREATED_AT = "createdAt";

  private JobItem() {}

  static Map<String, AttributeValue> write(Job job) {
    Map<String, AttributeValue> item = new HashMap<>(ItemKey.of(job.id()).attributes());
    item.put(ID, Item.value(job.id().value()));
    item.put(OWNER, Item.value(job.owner().name()));
    item.put(REQUEST, Item.value(RequestJson.write(job.request())));
    item.put(PROVIDER, Item.value(job.provider()));
    item.put(FORMATS, formats(job.formats()));
    item.put(STATUS, Item.value(job.status().name()));
    job.progress().ifPresent(progress -> item.put(PROGRESS, Item.value(progress)));
    item.put(ATTEMPT, Item.value(job.attempt()));
    job.reason().ifPresent(reason -> item.put(REASON, Item.value(reason)));
    item.put(CREATED_AT, Item.value(job.createdAt()));
    item.put(UPDATED_AT, Item.value(job.updatedAt()));
    item.put(DEADLINE, Item.value(job.deadline()));
    item.put(CALLBACKS, Item.value(job.callbacks()));
    item.put(SUBMISSION, submission(job.submission()));
    item.put(CALLS, Item.value(job.calls()));
    item.put(UNKNOWNS, Item.value(job.unknowns()));
    job.account().ifPresent(account -> item.put(ACCOUNT, Item.value(account)));
    item.put(PROVIDER_JOBS, Item.list(job.providerJobs()));
    putSet(item, WOKEN, job.woken());
    putSet(item, COLLECTED, job.collected());
    Map<String, AttributeValue> songs = new HashMap<>();
    job.songNumbers().forEach((song, number) -> songs.put(song, Item.value(number)));
    item.put(SONG_NUMBERS, Item.map(songs));
    if (!job.storedSongs().isEmpty()) {
      item.put(STORED_SONGS, Item.integerSet(job.storedSongs()));
    }
    item.put(CHECKS, Item.value(job.checks()));
    item.put(
        EVENTS,
        AttributeValue.fromL(
            job.events().stream()
                .map(event -> event(event.type(), event.at(), event.song()))
                .toList()));
    item.put(TOLD, Item.value(job.told()));
    item.put(PROGRESS_WANTED, Item.value(job.progressWanted()));
    job.progressToldAt().ifPresent(at -> item.put(PROGRESS_TOLD_AT, Item.value(at.toEpochMilli())));
    return item;
  }

  static AttributeValue event(EventType type, Instant at, OptionalInt song) {
    Map<String, AttributeValue> event = new HashMap<>();
    event.put(TYPE, Item.value(type.value()));
    event.put(AT, Item.value(at));
    song.ifPresent(number -> event.put(SONG, Item.value(number)));
    return Item.map(event);
  }

  private static List<JobEvent> events(Item item) {
    List<JobEvent> events = new ArrayList<>();
    for (Item event : item.items(EVENTS)) {
      EventType type =
          EventType.of(event.text(TYPE))
              .orElseThrow(() -> new IllegalStateException("a job has an unknown event"));
      events.add(
          new JobEvent(events.size() + 1, type, event.instant(AT), event.optionalInteger(SONG)));
    }
    return events;
  }

  static Job read(Item item) {
    return new Job(
        new JobId(item.text(ID)),
        new Owner(item.text(OWNER)),
        RequestJson.read(item.text(REQUEST)),
        item.text(PROVIDER),
        item.texts(FORMATS).stream().map(RequestJson::format).collect(Collectors.toSet()),
        Status.valueOf(item.text(STATUS)),
        item.optionalInteger(PROGRESS),
        item.integer(ATTEMPT),
        item.reason(REASON),
        item.instant(CREATED_AT),
        item.instant(UPDATED_AT),
        item.instant(DEADLINE),
        item.flag(CALLBACKS),
        submission(item.map(SUBMISSION)),
        item.integer(CALLS),
        item.integer(UNKNOWNS),
        item.optionalText(ACCOUNT),
        item.texts(PROVIDER_JOBS),
        item.textSet(WOKEN),
        item.textSet(COLLECTED),
        songNumbers(item.map(SONG_NUMBERS)),
        item.integerSet(STORED_SONGS),
        item.integer(CHECKS),
        events(item),
        item.integer(TOLD),
        item.flag(PROGRESS_WANTED),
        item.has(PROGRESS_TOLD_AT)
            ? Optional.of(Instant.ofEpochMilli(item.wide(PROGRESS_TOLD_AT)))
            : Optional.empty());
  }

  static AttributeValue formats(Set<Format> formats) {
    return Item.list(formats.stream().sorted().map(Format::value).toList());
  }

  static AttributeValue submission(String state, Instant at) {
    return Item.map(Map.of(STATE, Item.value(state), AT, Item.value(at)));
  }

  private static AttributeValue submission(Submission submission) {
    return switch (submission) {
      case Submission.Waiting waiting -> waiting(waiting);
      case Submission.Unknown unknown -> unknown(unknown);
      case Submission.InFlight flight -> submission(IN_FLIGHT, flight.at());
      case Submission.Accepted accepted -> submission(ACCEPTED, accepted.at());
    };
  }

  static AttributeValue waiting(Submission.Waiting waiting) {
    return waiting.preparation() == 1
        ? submission(WAITING, waiting.at())
        : Item.map(
            Map.of(
                STATE, Item.value(WAITING),
                AT, Item.value(waiting.at()),
                PREPARATION, Item.value(waiting.preparation())));
  }

  static AttributeValue unknown(Submission.Unknown unknown) {
    return Item.map(
        Map.of(
            STATE, Item.value(UNKNOWN),
            AT, Item.value(unknown.at()),
            NEXT, Item.value(unknown.next())));
  }

  private static Submission submission(Item item) {
    Instant at = item.instant(AT);
    String state = item.text(STATE);
    return switch (state) {
      case WAITING -> new Submission.Waiting(at, item.optionalInteger(PREPARATION).orElse(1));
      case IN_FLIGHT -> new Submission.InFlight(at);
      case UNKNOWN ->
          item.has(NEXT)
              ? new Submission.Unknown(at, item.instant(NEXT))
              : new Submission.Unknown(at);
      case ACCEPTED -> new Submission.Accepted(at);
      default -> throw new IllegalStateException("a job's submission is " + state);
    };
  }

  /** A map in DynamoDB has no order: ours is the order of the numbers. */
  private static Map<String, Integer> songNumbers(Item item) {
    List<String> songs =
        item.attributes().keySet().stream().sorted(Comparator.comparingInt(item::integer)).toList();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    songs.forEach(song -> numbers.put(song, item.integer(song)));
    return numbers;
  }

  private static void putSet(Map<String, AttributeValue> item, String name, Set<String> texts) {
    if (!texts.isEmpty()) {
      item.put(name, Item.textSet(texts));
    }
  }
}
