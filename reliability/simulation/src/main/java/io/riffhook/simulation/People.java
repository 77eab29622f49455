package io.riffhook.simulation;

import io.riffhook.domain.BatchCandidate;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.CreateUpload;
import io.riffhook.domain.EventType;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Queues;
import io.riffhook.domain.Source;
import io.riffhook.domain.StartBatch;
import io.riffhook.domain.Status;
import io.riffhook.domain.SubmitJob;
import io.riffhook.domain.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Who calls the system: owners, patient or not, and those who have no business here. */
final class People {
  private static final Duration SUBMIT_LIFE = Duration.ofSeconds(30);
  private static final Duration API_LIFE = Duration.ofSeconds(15);

  /** Longer than all jobs of an owner take, one after the other. */
  private static final Duration LONGEST = Duration.ofDays(14);

  static final List<Owner> OWNERS = List.of(new Owner("alice"), new Owner("bob"));
  private static final Owner STRANGER = new Owner("mallory");
  private static final CallbackTokens FORGERY =
      new CallbackTokens(List.of("a-secret-that-is-not-ours"));

  private final World world;
  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private final Ledger ledger;
  private final World.UseCases does;
  private final Function<JobId, Optional<Job>> jobs;
  private final Instant first;
  private final List<BatchId> batches = new ArrayList<>();

  People(
      World world,
      Agenda agenda,
      Dice dice,
      Weather weather,
      Ledger ledger,
      World.UseCases does,
      Function<JobId, Optional<Job>> jobs) {
    this.world = world;
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
    this.ledger = ledger;
    this.does = does;
    this.jobs = jobs;
    this.first = agenda.instant();
  }

  /** An owner hands in a batch of a few prompts. */
  void submitBatch(String name) {
    Owner owner = dice.oneOf(OWNERS);
    List<BatchCandidate> candidates = new ArrayList<>();
    for (int line = 1 + dice.below(5); line > 0; line--) {
      String json = name + "/" + line;
      JobRequest request = request(new Operation.Prompt("rainy lo-fi", false));
      world.line(json, request);
      candidates.add(new BatchCandidate.Good(json, request));
    }
    if (dice.happens(0.2)) {
      candidates.add(
          new BatchCandidate.Bad(List.of(new FieldError("/prompt", "must not be empty"))));
    }
    BatchId id = new BatchId(name);
    batches.add(id);
    int concurrency = 1 + dice.below(3);
    Duration when = dice.between(Duration.ZERO, Duration.ofMinutes(2));
    agenda.in(when, () -> submitBatch(owner, id, candidates, concurrency, 1));
    if (weather.has(Rates::repeated)) {
      agenda.in(
          when.plus(dice.late(Duration.ofSeconds(1))),
          () -> submitBatch(owner, id, candidates, concurrency, 1));
    }
    if (dice.happens(0.1)) {
      agenda.in(
          when.plus(dice.between(Duration.ZERO, Duration.ofMinutes(5))),
          () -> agenda.start("cancel " + id, API_LIFE, () -> does.batch().cancel(id), _ -> {}));
    }
  }

  private void submitBatch(
      Owner owner, BatchId id, List<BatchCandidate> candidates, int concurrency, int time) {
    agenda.start(
        "batch " + id,
        SUBMIT_LIFE,
        () -> {
          if (does.start()
                  .start(
                      id,
                      owner,
                      Optional.empty(),
                      does.start().check(owner, candidates),
                      concurrency)
              instanceof StartBatch.Result.Differs) {
            throw new Violation(Invariant.ENDED, id + " is said to be another batch");
          }
        },
        failure -> {
          if (failure.isPresent() && time < 10) {
            agenda.in(
                dice.between(Duration.ofSeconds(1), Duration.ofSeconds(20)),
                () -> submitBatch(owner, id, candidates, concurrency, time + 1));
          }
        });
  }

  /** The batches that were handed in, whether or not they were taken. */
  List<BatchId> batches() {
    return List.copyOf(batches);
  }

  /** An owner orders a song, under an id that makes the order idempotent. */
  void submit(String name) {
    Owner owner = dice.oneOf(OWNERS);
    JobId id = new JobId(name);
    Duration when = dice.between(Duration.ZERO, Duration.ofMinutes(2));
    if (dice.happens(0.1)) {
      agenda.in(when, () -> upload(owner, id, 1));
    } else {
      JobRequest request = request(new Operation.Prompt("rainy lo-fi", false));
      agenda.in(when, () -> submit(owner, id, request, 1));
      if (weather.has(Rates::repeated)) {
        agenda.in(when.plus(dice.late(Duration.ofSeconds(1))), () -> submit(owner, id, request, 1));
      }
    }
    if (dice.happens(0.04)) {
      agenda.in(
          when.plus(dice.between(Duration.ZERO, Duration.ofMinutes(5))), () -> cancel(owner, id));
    }
    if (dice.happens(0.3)) {
      agenda.in(
          when.plus(dice.between(Duration.ZERO, Duration.ofMinutes(5))), () -> intrude(owner, id));
    }
    if (dice.happens(0.5)) {
      agenda.in(dice.between(Duration.ofMinutes(5), Duration.ofHours(30)), () -> look(owner, id));
    }
  }

  private JobRequest request(Operation operation) {
    Set<Format> formats = EnumSet.noneOf(Format.class);
    for (Format format : List.of(Format.MP3, Format.WAV, Format.STEMS)) {
      if (dice.happens(0.4)) {
        formats.add(format);
      }
    }
    if (formats.equals(Set.of(Format.STEMS))) {
      formats.add(Format.MP3);
    }
    Optional<String> provider =
        dice.happens(0.4)
            ? Optional.of(dice.oneOf(List.of("useapi", "musicapi", "standard")))
            : Optional.empty();
    return new JobRequest(
        operation,
        provider,
        Optional.empty(),
        formats,
        Optional.empty(),
        dice.happens(0.3)
            ? Optional.of(new Webhook(URI.create("https://shop.example/hook"), EventType.DEFAULT))
            : Optional.empty(),
        Optional.empty());
  }

  private void upload(Owner owner, JobId id, int time) {
    agenda.start(
        "upload for " + id,
        SUBMIT_LIFE,
        () -> {
          URI url = URI.create("https://web.example/" + id);
          if (does.upload().create(owner, url) instanceof CreateUpload.Result.Created created) {
            Operation cover =
                new Operation.Transform(
                    new Source.OfUpload(created.upload().id()),
                    new Operation.Edit.Cover(),
                    Optional.of("slower"),
                    Optional.empty(),
                    Optional.empty(),
                    Operation.Controls.NONE);
            JobRequest request = request(cover);
            agenda.in(dice.late(Duration.ofSeconds(2)), () -> submit(owner, id, request, 1));
          }
        },
        failure -> {
          if (failure.isPresent() && time < 4) {
            agenda.in(Duration.ofSeconds(5L * time), () -> upload(owner, id, time + 1));
          }
        });
  }

  private void submit(Owner owner, JobId id, JobRequest request, int time) {
    Runnable again =
        () ->
            agenda.in(
                dice.between(Duration.ofSeconds(1), Duration.ofSeconds(20)),
                () -> submit(owner, id, request, time + 1));
    agenda.start(
        "submit " + id,
        SUBMIT_LIFE,
        () -> {
          switch (does.submit().submit(owner, request, Optional.of(id))) {
            case SubmitJob.Result.Submitted submitted -> taken(submitted.job());
            case SubmitJob.Result.StillRunning _ -> {
              if (time < 10) {
                again.run();
              }
            }
            case SubmitJob.Result.OverLimit over -> later(owner, id, request, over);
            case SubmitJob.Result.Differs _ ->
                throw new Violation(Invariant.ENDED, id + " is said to be another request's");
            case SubmitJob.Result.Impossible impossible ->
                throw new Violation(Invariant.ENDED, id + " is refused: " + impossible.errors());
          }
        },
        failure -> {
          if (failure.isPresent() && time < 10) {
            again.run();
          }
        });
  }

  /** A caller that was refused waits half as long again as it has waited, as messages do. */
  private void later(
      Owner owner, JobId id, JobRequest request, SubmitJob.Result.OverLimit refused) {
    ledger.tally().refused++;
    Duration waited = Duration.between(first, agenda.instant());
    if (waited.compareTo(LONGEST) > 0) {
      throw new Violation(Invariant.ENDED, id + " finds no room: " + refused.why());
    }
    Duration half = waited.dividedBy(2);
    Duration least = refused.why().retryAfter();
    Duration wait = half.compareTo(least) < 0 ? least : half;
    agenda.in(
        wait.compareTo(Queues.MAX_DELAY) > 0 ? Queues.MAX_DELAY : wait,
        () -> submit(owner, id, request, 1));
  }

  /** A caller that has its 202 relies on it. */
  private void taken(Job job) {
    if (jobs.apply(job.id()).isEmpty()) {
      throw new Violation(Invariant.ENDED, job.id() + " was accepted and is not there");
    }
  }

  private void cancel(Owner owner, JobId id) {
    agenda.start(
        "cancel " + id,
        API_LIFE,
        () -> does.read().job(owner, id).ifPresent(view -> does.cancel().cancel(view.job().id())),
        _ -> {});
  }

  /** Runs a job again if it failed. */
  private void look(Owner owner, JobId id) {
    agenda.start(
        "look at " + id,
        SUBMIT_LIFE,
        () ->
            does.read()
                .job(owner, id)
                .filter(view -> view.job().status() == Status.FAILED)
                .ifPresent(view -> does.runAgain().run(view.job())),
        _ -> {});
  }

  // ---- Those who have no business here ----

  private void intrude(Owner owner, JobId id) {
    ledger.tally().strangers++;
    agenda.startIntruder(
        "stranger at " + id,
        () -> {
          if (world.sees(STRANGER, id) || world.sees(other(owner), id)) {
            throw new Violation(Invariant.NO_STRANGER, id + " was shown to a stranger");
          }
        });
    for (String token : forgeries(id)) {
      ledger.tally().forged++;
      String body = dice.happens(0.5) ? "finished " : "progress 99";
      String provider = dice.oneOf(List.of("useapi", "musicapi", "standard"));
      agenda.startIntruder(
          "forged callback for " + id,
          () -> {
            if (world.callback(provider, id.value(), token, body)) {
              throw new Violation(Invariant.NO_STRANGER, "a forged callback for " + id + " passed");
            }
          });
    }
  }

  private static Owner other(Owner owner) {
    return OWNERS.get(1 - OWNERS.indexOf(owner));
  }

  private List<String> forgeries(JobId id) {
    String wrongSecret = FORGERY.token("useapi", id, 1);
    String otherJob = world.token("useapi", new JobId(id + "0"), 1);
    String otherProvider = world.token("producer", id, 1);
    String good = world.token("useapi", id, 2);
    return List.of(
        wrongSecret,
        otherJob,
        otherProvider,
        "3" + good.substring(1), // another attempt's
        good.substring(0, good.length() - 1),
        "",
        "1.");
  }
}
