package io.riffhook.api;

import io.riffhook.domain.CancelJob;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.Status;
import io.riffhook.domain.WaitForJob;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.Paging;
import io.riffhook.lambda.Patience;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An owner's jobs. */
final class JobRoutes {
  private final ReadJobs read;
  private final CancelJob cancel;
  private final WaitForJob wait;
  private final InstantSource clock;

  JobRoutes(ReadJobs read, CancelJob cancel, WaitForJob wait, InstantSource clock) {
    this.read = read;
    this.cancel = cancel;
    this.wait = wait;
    this.clock = clock;
  }

  HttpResponse list(Owner owner, HttpRequest request) {
    List<String> statuses =
        request.parameter("status").map(text -> List.of(text.split(","))).orElse(List.of());
    if (!statuses.stream().allMatch(Status::isValid)) {
      return Problem.badParameter(
          "status", "must be one or more of " + Arrays.toString(Status.values()));
    }
    JobStore.Filter filter =
        new JobStore.Filter(
            statuses.stream().map(Status::valueOf).toList(), request.parameter("provider"));
    return Paging.answer(
        request,
        "jobs",
        page -> read.jobs(owner, filter, page),
        view -> JobJson.job(view.job(), view.songs()));
  }

  HttpResponse get(Owner owner, HttpRequest request) {
    Optional<ReadJobs.View> view = view(owner, request);
    Optional<Patience> patience = Patience.of(request);
    if (view.isEmpty()) {
      return Problem.notFound();
    }
    if (patience.isEmpty()) {
      return shown(view.get());
    }
    Instant end = clock.instant().plus(patience.get().duration());
    Job latest = wait.until(view.get().job(), end);
    return patience.get().applied(shown(read.view(latest)));
  }

  private static HttpResponse shown(ReadJobs.View view) {
    return HttpResponse.json(200, JobJson.job(view.job(), view.songs()));
  }

  HttpResponse cancel(Owner owner, HttpRequest request) {
    Optional<ReadJobs.View> view = view(owner, request);
    if (view.isEmpty()) {
      return Problem.notFound();
    }
    Telemetry.about(view.get().job().id().value());
    return cancel
        .cancel(view.get().job().id())
        .map(job -> HttpResponse.json(200, JobJson.job(job, view.get().songs())))
        .orElseGet(() -> Problem.conflict("The job has ended already."));
  }

  private Optional<ReadJobs.View> view(Owner owner, HttpRequest request) {
    return Optional.of(request.variable("id"))
        .filter(JobId::isValid)
        .flatMap(id -> read.job(owner, new JobId(id)));
  }
}
