package io.riffhook.batch;

import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchEntry;
import io.riffhook.domain.BatchFiles;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Owner;
import io.riffhook.domain.RunBatch;
import io.riffhook.domain.StartBatch;
import io.riffhook.lambda.BatchBody;
import io.riffhook.lambda.BatchJson;
import io.riffhook.lambda.Callers;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.IdempotencyKey;
import io.riffhook.lambda.Paging;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An owner's batches. */
final class BatchRoutes {
  /** What Lambda takes as one request, its envelope included. */
  private static final int MAX_BODY = 6 * 1024 * 1024;

  private static final Duration LINK_LIFE = Duration.ofMinutes(15);

  private final Callers callers;
  private final StartBatch start;
  private final RunBatch run;
  private final BatchStore batches;
  private final BatchFiles files;

  BatchRoutes(
      Callers callers, StartBatch start, RunBatch run, BatchStore batches, BatchFiles files) {
    this.callers = callers;
    this.start = start;
    this.run = run;
    this.batches = batches;
    this.files = files;
  }

  HttpResponse answer(HttpRequest request) {
    Optional<Owner> owner = callers.owner(request);
    if (owner.isEmpty()) {
      return Problem.unauthenticated();
    }
    return switch (request.route()) {
      case "POST /v1/batches" -> create(owner.get(), request);
      case "GET /v1/batches" -> list(owner.get(), request);
      case "GET /v1/batches/{id}" -> get(owner.get(), request);
      case "POST /v1/batches/{id}/cancel" -> cancel(owner.get(), request);
      case "GET /v1/batches/{id}/report" -> report(owner.get(), request);
      default -> Problem.notFound();
    };
  }

  private HttpResponse create(Owner owner, HttpRequest request) {
    if (request.body().length > MAX_BODY) {
      return Problem.tooLarge(MAX_BODY);
    }
    Optional<String> key = request.header(IdempotencyKey.HEADER);
    if (key.isPresent() && !IdempotencyKey.isValid(key.get())) {
      return Problem.invalid(List.of(IdempotencyKey.error()));
    }
    return switch (BatchBody.ofCall(request.body())) {
      case BatchBody.Result.Malformed malformed ->
          Problem.malformed(malformed.detail(), malformed.errors());
      case BatchBody.Result.Bad bad -> Problem.invalid(bad.errors());
      case BatchBody.Result.Good good -> create(owner, good, key);
    };
  }

  private HttpResponse create(Owner owner, BatchBody.Result.Good good, Optional<String> key) {
    Optional<StartBatch.Result> known =
        key.flatMap(
            text -> start.known(BatchIds.of(owner, text), owner, good.jobs(), good.concurrency()));
    if (known.isPresent()) {
      return started(known.get());
    }
    List<BatchEntry> entries = start.check(owner, good.jobs());
    List<FieldError> errors = new ArrayList<>();
    IntStream.range(0, entries.size())
        .forEach(
            index -> {
              if (entries.get(index) instanceof BatchEntry.Bad bad) {
                bad.errors().forEach(error -> errors.add(BatchBody.within(index, error)));
              }
            });
    if (!errors.isEmpty()) {
      return Problem.invalid(errors);
    }
    BatchId id = key.map(text -> BatchIds.of(owner, text)).orElseGet(BatchIds::next);
    return started(start.start(id, owner, Optional.empty(), entries, good.concurrency()));
  }

  private static HttpResponse started(StartBatch.Result result) {
    return switch (result) {
      case StartBatch.Result.Started started -> {
        Telemetry.count("BatchStarted");
        yield HttpResponse.json(202, BatchJson.json(started.batch()))
            .with("location", "/v1/batches/" + started.batch().id());
      }
      case StartBatch.Result.Differs _ -> Problem.keyReused();
    };
  }

  private HttpResponse list(Owner owner, HttpRequest request) {
    return Paging.answer(request, "batches", page -> batches.ofOwner(owner, page), BatchJson::json);
  }

  private HttpResponse get(Owner owner, HttpRequest request) {
    return find(owner, request)
        .map(batch -> HttpResponse.json(200, BatchJson.json(batch)))
        .orElseGet(Problem::notFound);
  }

  private HttpResponse cancel(Owner owner, HttpRequest request) {
    Optional<Batch> batch = find(owner, request);
    if (batch.isEmpty()) {
      return Problem.notFound();
    }
    return run.cancel(batch.get().id())
        .map(cancelled -> HttpResponse.json(200, BatchJson.json(cancelled)))
        .orElseGet(() -> Problem.conflict("The batch has ended already."));
  }

  private HttpResponse report(Owner owner, HttpRequest request) {
    Optional<Batch> batch = find(owner, request);
    if (batch.isEmpty()) {
      return Problem.notFound();
    }
    return batch.get().outcome().isPresent()
        ? HttpResponse.found(files.link(batch.get().reportKey(), LINK_LIFE))
        : Problem.conflict("The report is written when the batch has ended.");
  }

  private Optional<Batch> find(Owner owner, HttpRequest request) {
    return Optional.of(request.variable("id"))
        .filter(BatchId::isValid)
        .flatMap(id -> batches.find(new BatchId(id)))
        .filter(batch -> batch.owner().equals(owner));
  }
}
