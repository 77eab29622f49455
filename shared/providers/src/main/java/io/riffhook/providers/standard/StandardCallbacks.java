package io.riffhook.providers.standard;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Callback;
import io.riffhook.providers.http.ProviderJson;

/** A callback whose signature is right: a job, somewhere in a JSON document. */
final class StandardCallbacks {
  private StandardCallbacks() {}

  /**
   * @param at where in the document the job stands
   */
  static Callback parse(byte[] bytes, JsonPointer at, StandardJobs jobs) {
    JsonNode body;
    try {
      body = ProviderJson.read(bytes);
    } catch (JsonProcessingException e) {
      return new Callback.Unreadable("its body is not JSON");
    }
    JsonNode job = body.at(at);
    if (!job.isObject()) {
      return new Callback.Unreadable("its body has no job where the mapping says");
    }
    if (jobs.word(job).isEmpty()) {
      // Somebody called, and did not say how the job stands: reading will tell.
      return new Callback.Finished(jobs.id(job));
    }
    return switch (jobs.state(job).orElse(null)) {
      case SUCCEEDED, FAILED, MODERATED -> new Callback.Finished(jobs.id(job));
      case RUNNING -> new Callback.Progress(jobs.progress(job).orElse(0), jobs.id(job));
      case null -> new Callback.Progress(0, jobs.id(job));
    };
  }
}
