package io.riffhook.api;

import io.riffhook.domain.CancelJob;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.Status;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.Paging;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.Telemetry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An owner's jobs. */
final class JobRoutes {
  private final ReadJobs read;
  private final CancelJob cancel;

  JobRoutes(ReadJobs read, CancelJob cancel) {
    this.read = read;
    this.cancel = cancel;
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
    return view(owner, request)
        .map(view -> HttpResponse.json(200, JobJson.job(view.job(), view.songs())))
        .orElseGet(Problem::notFound);
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
