package io.riffhook.submit;

import io.riffhook.domain.CreateUpload;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.OwnerLimits;
import io.riffhook.domain.RunAgain;
import io.riffhook.domain.Song;
import io.riffhook.domain.SongStore;
import io.riffhook.domain.SubmitJob;
import io.riffhook.domain.WaitForJob;
import io.riffhook.lambda.Callers;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.IdempotencyKey;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.Patience;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.SubmitBody;
import io.riffhook.lambda.Telemetry;
import io.riffhook.lambda.UploadJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that make a provider work. */
final class SubmitRoutes {
  private static final int MAX_BODY = 128 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(SubmitRoutes.class);

  /** Of the gateway's 30 seconds, in which the call to the provider may take ten. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(27);

  private final Callers callers;
  private final SubmitJob submit;
  private final RunAgain runAgain;
  private final CreateUpload createUpload;
  private final JobStore jobs;
  private final SongStore songs;
  private final WaitForJob wait;
  private final InstantSource clock;

  SubmitRoutes(
      Callers callers,
      SubmitJob submit,
      RunAgain runAgain,
      CreateUpload createUpload,
      JobStore jobs,
      SongStore songs,
      WaitForJob wait,
      InstantSource clock) {
    this.callers = callers;
    this.submit = submit;
    this.runAgain = runAgain;
    this.createUpload = createUpload;
    this.jobs = jobs;
    this.songs = songs;
    this.wait = wait;
    this.clock = clock;
  }

  HttpResponse answer(HttpRequest request) {
    Optional<Owner> owner = callers.owner(request);
    if (owner.isEmpty()) {
      return Problem.unauthenticated();
    }
    return switch (request.route()) {
      case "POST /v1/jobs" -> create(owner.get(), request);
      case "POST /v1/uploads" -> upload(owner.get(), request);
      case "POST /v1/jobs/{id}/retry" -> retry(owner.get(), request.variable("id"));
      default -> Problem.notFound();
    };
  }

  private HttpResponse create(Owner owner, HttpRequest request) {
    Instant began = clock.instant();
    if (request.body().length > MAX_BODY) {
      return Problem.tooLarge(MAX_BODY);
    }
    Optional<String> key = request.header(IdempotencyKey.HEADER);
    if (key.isPresent() && !IdempotencyKey.isValid(key.get())) {
      return Problem.invalid(List.of(IdempotencyKey.error()));
    }
    return switch (SubmitBody.ofCall(request.body())) {
      case SubmitBody.Result.Malformed malformed ->
          Problem.malformed(malformed.detail(), malformed.errors());
      case SubmitBody.Result.Bad bad -> Problem.invalid(bad.errors());
      case SubmitBody.Result.Good good ->
          create(owner, good.request(), key, job -> waited(job, Patience.of(request), began));
    };
  }

  /**
   * Answers with the job when it has ended or its caller has waited long enough. If the job cannot
   * be read meanwhile, the answer is the job as it was submitted.
   */
  private HttpResponse waited(Job job, Optional<Patience> patience, Instant began) {
    if (patience.isEmpty()) {
      return accepted(job);
    }
    try {
      return waited(job, patience.get(), began);
    } catch (RuntimeException e) {
      LOG.warn("job {} is submitted, but waiting for it failed", job.id(), e);
      return accepted(job);
    }
  }

  private HttpResponse waited(Job job, Patience patience, Instant began) {
    Instant wanted = clock.instant().plus(patience.duration());
    Instant possible = began.plus(LONGEST_CALL);
    Job latest = wait.until(job, wanted.isBefore(possible) ? wanted : possible);
    return patience.applied(latest.status().isTerminal() ? shown(200, latest) : accepted(latest));
  }

  private HttpResponse create(
      Owner owner,
      JobRequest request,
      Optional<String> key,
      Function<Job, HttpResponse> submitted) {
    return switch (submit.submit(owner, request, key.map(text -> JobIds.of(owner, text)))) {
      case SubmitJob.Result.Submitted done -> {
        Telemetry.count("JobSubmitted");
        yield submitted.apply(done.job());
      }
      case SubmitJob.Result.Differs _ -> Problem.keyReused();
      case SubmitJob.Result.StillRunning _ -> Problem.stillRunning();
      case SubmitJob.Result.OverLimit over -> overLimit(over.why());
      case SubmitJob.Result.Impossible impossible -> Problem.invalid(impossible.errors());
    };
  }

  private HttpResponse upload(Owner owner, HttpRequest request) {
    if (request.body().length > MAX_BODY) {
      return Problem.tooLarge(MAX_BODY);
    }
    return switch (UploadJson.read(request.body())) {
      case UploadJson.Result.Malformed malformed ->
          Problem.malformed(malformed.detail(), malformed.errors());
      case UploadJson.Result.Bad bad -> Problem.invalid(bad.errors());
      case UploadJson.Result.Good good ->
          switch (createUpload.create(owner, good.url())) {
            case CreateUpload.Result.Created created ->
                HttpResponse.json(202, UploadJson.upload(created.upload()))
                    .with("location", "/v1/uploads/" + created.upload().id());
            case CreateUpload.Result.Refused refused ->
                Problem.invalid(List.of(new FieldError("/url", refused.why())));
          };
    };
  }

  private HttpResponse retry(Owner owner, String id) {
    Optional<Job> job =
        Optional.of(id)
            .filter(JobId::isValid)
            .flatMap(valid -> jobs.find(new JobId(valid)))
            .filter(found -> found.owner().equals(owner));
    if (job.isEmpty()) {
      return Problem.notFound();
    }
    Telemetry.about(id);
    return switch (runAgain.run(job.get())) {
      case RunAgain.Result.Running running -> runningAgain(running.job());
      case RunAgain.Result.NotFailed _ ->
          Problem.conflict(
              "Only a FAILED job can be run again; this one is " + job.get().status() + ".");
      case RunAgain.Result.OverLimit over -> overLimit(over.why());
    };
  }

  private static HttpResponse overLimit(OwnerLimits.Decision.Refused refused) {
    Telemetry.count("JobOverLimit");
    int seconds = Math.toIntExact(refused.retryAfter().plusNanos(999_999_999).toSeconds());
    return switch (refused) {
      case OwnerLimits.Decision.TooManyRunning running ->
          Problem.tooManyRunning(running.max(), seconds);
      case OwnerLimits.Decision.TooManyToday today -> Problem.tooManyToday(today.max(), seconds);
    };
  }

  /** The new attempt is written, so the call succeeds even if the songs cannot be read. */
  private HttpResponse runningAgain(Job job) {
    try {
      return accepted(job);
    } catch (RuntimeException e) {
      LOG.warn("job {} runs again, but its songs cannot be read", job.id(), e);
      return shown(202, job, List.of());
    }
  }

  private HttpResponse accepted(Job job) {
    return shown(202, job);
  }

  private HttpResponse shown(int status, Job job) {
    return shown(status, job, songs.findAll(job.songs()));
  }

  private static HttpResponse shown(int status, Job job, List<Song> known) {
    return HttpResponse.json(status, JobJson.job(job, known))
        .with("location", "/v1/jobs/" + job.id());
  }
}
