package io.riffhook.domain;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one endpoint of one thing, at least once if it answers at all: ten attempts over three
 * days, as the Standard Webhooks specification advises. The next attempt is sent before the last
 * one is written down, so a crash leads to one attempt too many and never to one too few.
 */
public final class DeliverNotification {
  /** How often a notification is tried. */
  static final int ATTEMPTS = 10;

  /** How long an endpoint may fail before it is told nothing more. */
  static final Duration FAILING = Duration.ofDays(5);

  /** The longest that a receiver can have us wait. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * How long is waited for the first attempt of the event before: longer than its message stays
   * hidden where the function died that had taken it.
   */
  private static final Duration ORDER = Duration.ofMinutes(5);

  /** Longer than a function that writes a delivery may take. */
  private static final Duration WRITING = Duration.ofSeconds(60);

  private static final Duration WRITING_PAUSE = Duration.ofSeconds(5);
  private static final Duration ORDER_PAUSE = Duration.ofSeconds(1);
  private static final int GONE = 410;
  private static final int MAX_ERROR = 200;
  private static final Logger LOG = LoggerFactory.getLogger(DeliverNotification.class);

  private final JobStore jobs;
  private final SongStore songs;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final Queues queues;
  private final Webhooks webhooks;
  private final NotificationDocument document;
  private final Delays delays;
  private final InstantSource clock;

  public DeliverNotification(
      JobStore jobs,
      SongStore songs,
      EndpointStore endpoints,
      DeliveryStore deliveries,
      Queues queues,
      Webhooks webhooks,
      NotificationDocument document,
      Delays delays,
      InstantSource clock) {
    this.jobs = jobs;
    this.songs = songs;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.queues = queues;
    this.webhooks = webhooks;
    this.document = document;
    this.delays = delays;
    this.clock = clock;
  }

  /** Makes an attempt if it is due and has not been made, and sees to the next. */
  public void deliver(NotificationTask.Deliver task) {
    Instant now = clock.instant();
    if (task.due().isAfter(now)) {
      queues.notification(task, Duration.between(now, task.due()));
      return;
    }
    Notification notification = task.notification();
    Optional<Endpoint> found = endpoints.find(notification.owner(), task.endpoint());
    if (found.isEmpty()) {
      LOG.info("{} is not told: its endpoint was deleted", notification.id());
      return;
    }
    Endpoint endpoint = found.get();
    if (notification.type() == EventType.JOB_PROGRESS) {
      tellOnce(notification, endpoint);
      return;
    }
    Optional<Delivery> delivery = deliveries.find(task.endpoint(), notification);
    if (isNotWritten(task, delivery)) {
      awaitWrite(task, now);
      return;
    }
    Optional<Delivery> pending =
        delivery
            .filter(each -> each.state() == Delivery.State.PENDING)
            .filter(each -> each.attempts() < task.attempt());
    if (pending.isEmpty()) {
      return;
    }
    if (endpoint.disabled().isPresent() || endpoint.url().isEmpty()) {
      deliveries.tried(failed(pending.get(), task, Delivery.DISABLED, now));
      return;
    }
    Optional<ReadJobs.View> job = job(notification);
    if (isTooEarly(task, endpoint, job, now)) {
      Duration waited = Duration.between(task.due(), now);
      queues.notification(task, ORDER_PAUSE.plus(waited.dividedBy(4)));
      return;
    }
    attempt(task, pending.get(), endpoint, job);
  }

  /**
   * Whether the write that a first attempt belongs to has not arrived: there is no delivery, or
   * only an earlier one that is to begin anew.
   */
  private static boolean isNotWritten(NotificationTask.Deliver task, Optional<Delivery> delivery) {
    return task.attempt() == 1
        && delivery
            .map(each -> each.lastAt().filter(at -> at.isBefore(task.due())).isPresent())
            .orElse(true);
  }

  private void awaitWrite(NotificationTask.Deliver task, Instant now) {
    Duration waited = Duration.between(task.due(), now);
    if (waited.compareTo(WRITING) > 0) {
      LOG.info("{} is not delivered: its delivery was never written", task.notification().id());
      return;
    }
    queues.notification(task, waited.compareTo(WRITING_PAUSE) > 0 ? waited : WRITING_PAUSE);
  }

  private void tellOnce(Notification notification, Endpoint endpoint) {
    if (endpoint.wants(notification.type())) {
      Webhooks.Answer answer = send(notification, endpoint, job(notification));
      LOG.info("{} told: {}", notification.type().value(), words(answer));
    }
  }

  /** Whether the event before has not been tried, and may still be. */
  private boolean isTooEarly(
      NotificationTask.Deliver task, Endpoint endpoint, Optional<ReadJobs.View> view, Instant now) {
    if (view.isEmpty() || task.attempt() > 1 || task.due().plus(ORDER).isBefore(now)) {
      return false;
    }
    Job job = view.get().job();
    return job.events().stream()
        .filter(event -> Notification.of(job, event).sequence() < task.notification().sequence())
        .filter(event -> endpoint.wants(event.type()))
        .reduce((_, later) -> later)
        .flatMap(before -> deliveries.find(endpoint.id(), Notification.of(job, before)))
        .filter(before -> before.state() == Delivery.State.PENDING && before.attempts() == 0)
        .isPresent();
  }

  private void attempt(
      NotificationTask.Deliver task,
      Delivery pending,
      Endpoint endpoint,
      Optional<ReadJobs.View> job) {
    Webhooks.Answer answer = send(task.notification(), endpoint, job);
    Instant now = clock.instant();
    LOG.info(
        "{} told to {}, attempt {}: {}",
        task.notification().type().value(),
        endpoint.id(),
        task.attempt(),
        words(answer));
    if (answer instanceof Webhooks.Answer.Answered answered && isSuccess(answered.status())) {
      // First: once the delivery is written down, nobody comes here again for it.
      if (endpoint.failingSince().isPresent()) {
        endpoints.apply(endpoint.owner(), endpoint.id(), new EndpointChange.Working());
      }
      deliveries.tried(
          pending.tried(
              Delivery.State.DELIVERED,
              task.attempt(),
              OptionalInt.of(answered.status()),
              Optional.empty(),
              now,
              Optional.empty()));
      return;
    }
    boolean gone = isGone(answer);
    Optional<Instant> again =
        gone || task.attempt() >= ATTEMPTS
            ? Optional.empty()
            : Optional.of(now.plus(pause(task.attempt(), answer)));
    again.ifPresent(at -> queues.notification(task.next(at), Duration.between(now, at)));
    judge(task, endpoint, gone, now);
    deliveries.tried(
        pending.tried(
            again.isPresent() ? Delivery.State.PENDING : Delivery.State.FAILED,
            task.attempt(),
            status(answer),
            Optional.of(words(answer)),
            now,
            again));
  }

  private Webhooks.Answer send(
      Notification notification, Endpoint endpoint, Optional<ReadJobs.View> job) {
    URI url = endpoint.url().orElseThrow();
    Optional<String> refusal = webhooks.refusal(url);
    if (refusal.isPresent()) {
      return new Webhooks.Answer.Unanswered("its URL " + refusal.get());
    }
    List<String> secrets = secrets(endpoint);
    if (secrets.isEmpty()) {
      return new Webhooks.Answer.Unanswered("there is no secret to sign with");
    }
    byte[] body = document.of(notification, job, endpoint.links()).getBytes(StandardCharsets.UTF_8);
    return webhooks.send(url, notification.id(), secrets, body);
  }

  private List<String> secrets(Endpoint endpoint) {
    Instant now = clock.instant();
    return endpoint.secrets().isEmpty()
        ? endpoints
            .find(endpoint.owner(), EndpointId.DEFAULT)
            .map(signer -> signer.signing(now))
            .orElse(List.of())
        : endpoint.signing(now);
  }

  /** Disables an endpoint that is gone or has failed for long, and has its owner told. */
  private void judge(NotificationTask.Deliver task, Endpoint endpoint, boolean gone, Instant now) {
    boolean tooLong =
        endpoint
            .failingSince()
            .map(since -> since.plus(delays.scaled(FAILING)).isBefore(now))
            .orElse(false);
    if (gone || tooLong) {
      Reason why = gone ? Reasons.endpointGone() : Reasons.endpointFailing();
      Endpoint.Disabled disabled = new Endpoint.Disabled(now, why);
      // Before it is disabled: whoever repeats this after a crash finds it so, and would not tell.
      queues.notification(
          new NotificationTask.Tell(
              Notification.ofDisabled(endpoint, disabled, task.notification())),
          Duration.ZERO);
      endpoints.apply(endpoint.owner(), endpoint.id(), new EndpointChange.Disabling(disabled));
      LOG.warn("endpoint {} is disabled: {}", endpoint.id(), why);
    } else if (endpoint.failingSince().isEmpty()) {
      endpoints.apply(endpoint.owner(), endpoint.id(), new EndpointChange.Failing(now));
    }
  }

  private Duration pause(int attempt, Webhooks.Answer answer) {
    Duration own = delays.notification(attempt);
    Duration asked =
        answer instanceof Webhooks.Answer.Answered answered
            ? answered.retryAfter().orElse(Duration.ZERO)
            : Duration.ZERO;
    Duration heard = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    return heard.compareTo(own) > 0 ? heard : own;
  }

  private static Delivery failed(
      Delivery pending, NotificationTask.Deliver task, String why, Instant now) {
    return pending.tried(
        Delivery.State.FAILED,
        task.attempt(),
        OptionalInt.empty(),
        Optional.of(why),
        now,
        Optional.empty());
  }

  private Optional<ReadJobs.View> job(Notification notification) {
    return notification.subject() instanceof Notification.Subject.OfJob of
        ? jobs.find(of.job()).map(job -> new ReadJobs.View(job, songs.findAll(job.songs())))
        : Optional.empty();
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static boolean isGone(Webhooks.Answer answer) {
    return answer instanceof Webhooks.Answer.Answered answered && answered.status() == GONE;
  }

  private static OptionalInt status(Webhooks.Answer answer) {
    return answer instanceof Webhooks.Answer.Answered answered
        ? OptionalInt.of(answered.status())
        : OptionalInt.empty();
  }

  private static String words(Webhooks.Answer answer) {
    String words =
        switch (answer) {
          case Webhooks.Answer.Answered answered -> "HTTP " + answered.status();
          case Webhooks.Answer.Unanswered unanswered -> unanswered.why();
        };
    return Cut.to(MAX_ERROR, words);
  }
}
