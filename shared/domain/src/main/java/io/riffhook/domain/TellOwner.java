package io.riffhook.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands on what happened to whoever is told: the bus, and each endpoint that wants it. Whatever is
 * cut off is done again: somebody may be told twice, under one id, and nobody not at all.
 */
public final class TellOwner {
  private static final Logger LOG = LoggerFactory.getLogger(TellOwner.class);

  private final JobStore jobs;
  private final SongStore songs;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final Queues queues;
  private final NotificationDocument document;
  private final InstantSource clock;
  private final Supplier<WebhookSecret> secrets;

  public TellOwner(
      JobStore jobs,
      SongStore songs,
      EndpointStore endpoints,
      DeliveryStore deliveries,
      Queues queues,
      NotificationDocument document,
      InstantSource clock,
      Supplier<WebhookSecret> secrets) {
    this.jobs = jobs;
    this.songs = songs;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.queues = queues;
    this.document = document;
    this.clock = clock;
    this.secrets = secrets;
  }

  /** Tells of every event of a job that was not told yet, in their order. */
  public void announce(JobId id) {
    Optional<Job> found = jobs.find(id);
    if (found.isEmpty() || found.get().untold().isEmpty()) {
      return;
    }
    Job job = found.get();
    ReadJobs.View view = view(job);
    List<Endpoint> audience = audience(job);
    tell(
        job.untold().stream().map(event -> Notification.of(job, event)).toList(),
        Optional.of(view),
        audience);
    if (job.status().isTerminal()) {
      job.request()
          .batch()
          .ifPresent(line -> queues.batch(new BatchTask.Ended(line), Duration.ZERO));
    }
    boolean progress = audience.stream().anyMatch(each -> each.wants(EventType.JOB_PROGRESS));
    jobs.apply(id, new JobChange.Told(job.events().size(), progress), clock.instant());
  }

  /** Tells how far a job is, unless that was told just before. It is told once or not at all. */
  public void progress(JobId id) {
    Instant now = clock.instant();
    Optional<Job> told =
        jobs.find(id)
            .filter(job -> !job.status().isTerminal() && job.progress().isPresent())
            .flatMap(_ -> jobs.apply(id, new JobChange.ProgressTold(now), now));
    told.ifPresent(
        job -> {
          Notification progress = Notification.ofProgress(job);
          queues.event(document.of(progress, Optional.of(view(job)), false));
          queues.notifications(
              audience(job).stream()
                  .filter(endpoint -> endpoint.wants(EventType.JOB_PROGRESS))
                  .map(endpoint -> deliver(progress, endpoint))
                  .toList(),
              Duration.ZERO);
        });
  }

  /** Tells of something that is no event of a job. */
  public void tell(Notification notification) {
    tell(List.of(notification), Optional.empty(), endpoints.ofOwner(notification.owner()));
  }

  private void tell(
      List<Notification> notifications, Optional<ReadJobs.View> job, List<Endpoint> audience) {
    queues.events(notifications.stream().map(each -> document.of(each, job, false)).toList());
    List<NotificationTask> deliver = new ArrayList<>();
    for (Notification notification : notifications) {
      for (Endpoint endpoint : audience) {
        if (endpoint.wants(notification.type())) {
          deliveries.insert(Delivery.of(notification, endpoint.id()));
          deliver.add(deliver(notification, endpoint));
        } else if (endpoint.misses(notification.type())) {
          deliveries.insert(Delivery.missed(notification, endpoint.id(), clock.instant()));
        }
      }
      LOG.info("{} told", notification.type().value());
    }
    queues.notifications(deliver, Duration.ZERO);
  }

  private NotificationTask deliver(Notification notification, Endpoint endpoint) {
    return new NotificationTask.Deliver(notification, endpoint.id(), 1, clock.instant());
  }

  /** Its owner's endpoints, and the place of its own webhook. */
  private List<Endpoint> audience(Job job) {
    List<Endpoint> audience = new ArrayList<>(endpoints.ofOwner(job.owner()));
    job.request()
        .webhook()
        .ifPresent(
            webhook -> {
              if (audience.stream().noneMatch(each -> each.id().equals(EndpointId.DEFAULT))) {
                endpoints.insert(signer(job.owner()));
              }
              Endpoint own = Endpoint.of(job, webhook);
              audience.add(
                  endpoints.insert(own) ? own : endpoints.find(job.owner(), own.id()).orElse(own));
            });
    return audience;
  }

  /** The endpoint whose secret signs what single jobs' webhooks get. */
  private Endpoint signer(Owner owner) {
    return Endpoint.signer(owner, secrets.get(), clock.instant());
  }

  private ReadJobs.View view(Job job) {
    return new ReadJobs.View(job, songs.findAll(job.songs()));
  }
}
