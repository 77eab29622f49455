package io.riffhook.api;

import io.riffhook.domain.AssetKey;
import io.riffhook.domain.Owner;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.SongId;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.JobJson;
import io.riffhook.lambda.Paging;
import io.riffhook.lambda.Problem;

/** An owner's songs and the links to their assets. */
final class SongRoutes {
  private final ReadJobs read;

  SongRoutes(ReadJobs read) {
    this.read = read;
  }

  HttpResponse list(Owner owner, HttpRequest request) {
    return Paging.answer(request, "songs", page -> read.songs(owner, page), JobJson::song);
  }

  HttpResponse get(Owner owner, HttpRequest request) {
    return SongId.parse(request.variable("id"))
        .flatMap(id -> read.song(owner, id))
        .map(song -> HttpResponse.json(200, JobJson.song(song)))
        .orElseGet(Problem::notFound);
  }

  HttpResponse asset(Owner owner, HttpRequest request) {
    String name = request.variable("name");
    return SongId.parse(request.variable("id"))
        .filter(_ -> AssetKey.isValidName(name))
        .flatMap(id -> read.link(owner, id, name))
        .map(HttpResponse::found)
        .orElseGet(Problem::notFound);
  }
}
