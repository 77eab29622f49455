package io.riffhook.api;

import io.riffhook.attacks.Call;
import io.riffhook.domain.Format;
import io.riffhook.domain.Job;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Studio;
import io.riffhook.domain.WaitForJob;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import java.util.List;

/** The routes that read and cancel, over one song of Alice's, and all in memory. */
final class ReadStage {
  static final List<String> ROUTES =
      List.of(
          "GET /v1/jobs",
          "GET /v1/jobs/{id}",
          "POST /v1/jobs/{id}/cancel",
          "GET /v1/songs",
          "GET /v1/songs/{id}",
          "GET /v1/songs/{id}/assets/{name+}",
          "GET /v1/uploads/{id}");

  final Studio studio = new Studio();
  final Job job = ready();
  private final JobRoutes jobs =
      new JobRoutes(
          studio.does.read,
          studio.does.cancel,
          new WaitForJob(studio.jobs, studio.clock, studio.clock::advance),
          studio.clock);
  private final SongRoutes songs = new SongRoutes(studio.does.read);
  private final UploadRoutes uploads = new UploadRoutes(studio.uploads);

  private Job ready() {
    Job job = studio.submitted(Studio.request(Format.MP3), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("song-1"))));
    studio.does.collect.read(studio.now(job), "p1");
    studio.download();
    return studio.now(job);
  }

  Call.Answer answer(Owner owner, Call call) {
    return call.answeredBy(request -> route(owner, request)).sound();
  }

  private HttpResponse route(Owner owner, HttpRequest request) {
    return switch (request.route()) {
      case "GET /v1/jobs" -> jobs.list(owner, request);
      case "GET /v1/jobs/{id}" -> jobs.get(owner, request);
      case "POST /v1/jobs/{id}/cancel" -> jobs.cancel(owner, request);
      case "GET /v1/songs" -> songs.list(owner, request);
      case "GET /v1/songs/{id}" -> songs.get(owner, request);
      case "GET /v1/songs/{id}/assets/{name+}" -> songs.asset(owner, request);
      case "GET /v1/uploads/{id}" -> uploads.get(owner, request);
      default -> throw new AssertionError("no such route: " + request.route());
    };
  }
}
