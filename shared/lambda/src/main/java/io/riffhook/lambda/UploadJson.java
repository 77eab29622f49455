package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Upload;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Uploads as callers give and see them. A URL is not shown: what it holds may be a key to more. */
public final class UploadJson {
  private static final int MAX_URL = 2_048;

  private UploadJson() {}

  /** What a body came to. */
  public sealed interface Result {
    /** The URL to fetch. */
    record Good(URI url) implements Result {}

    /**
     * Not one JSON object in whole characters.
     *
     * @param errors the texts that lost characters
     */
    record Malformed(String detail, List<FieldError> errors) implements Result {}

    /** Some fields break a rule. */
    record Bad(List<FieldError> errors) implements Result {}
  }

  /** Reads the body of {@code POST /v1/uploads}. */
  public static Result read(byte[] body) {
    JsonNode object;
    try {
      object = Json.body(body);
    } catch (Json.UnreadableException e) {
      return new Result.Malformed(e.sentence(), e.errors());
    }
    List<FieldError> errors = FieldReader.noErrors();
    FieldReader reader = new FieldReader(object, "", errors);
    String text = reader.required("url", MAX_URL);
    Optional<URI> url = text.isEmpty() ? Optional.empty() : Urls.read(reader, "url", text);
    reader.nothingElse("is not a field of an upload");
    return errors.isEmpty() ? new Result.Good(url.orElseThrow()) : new Result.Bad(errors);
  }

  /** An upload. */
  public static ObjectNode upload(Upload upload) {
    ObjectNode json =
        Json.object().put("id", upload.id().value()).put("status", upload.state().value());
    switch (upload.state()) {
      case Upload.Stored stored -> JobJson.file(json, stored.file());
      case Upload.Failed failed -> JobJson.reason(json, failed.reason());
      case Upload.Pending _ -> {
        // Nothing is known of it yet.
      }
    }
    return json.put("createdAt", JobJson.time(upload.createdAt()))
        .put("updatedAt", JobJson.time(upload.updatedAt()));
  }
}
