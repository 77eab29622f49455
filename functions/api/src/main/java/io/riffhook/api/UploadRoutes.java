package io.riffhook.api;

import io.riffhook.domain.Owner;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.UploadStore;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.UploadJson;
import java.util.Optional;

/** An owner's uploads. */
final class UploadRoutes {
  private final UploadStore uploads;

  UploadRoutes(UploadStore uploads) {
    this.uploads = uploads;
  }

  HttpResponse get(Owner owner, HttpRequest request) {
    return Optional.of(request.variable("id"))
        .filter(UploadId::isValid)
        .flatMap(id -> uploads.find(new UploadId(id)))
        .filter(upload -> upload.owner().equals(owner))
        .map(upload -> HttpResponse.json(200, UploadJson.upload(upload)))
        .orElseGet(Problem::notFound);
  }
}
