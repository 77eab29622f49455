package io.riffhook.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchDocuments;
import io.riffhook.domain.BatchEntry;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.BatchResult;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Job;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Batches as every call and document shows them. A field without a value is absent. */
public final class BatchJson implements BatchDocuments {
  private static final String JOB = "job";
  private static final String ERRORS = "errors";
  private static final String POINTER = "pointer";
  private static final String DETAIL = "detail";

  @Override
  public byte[] input(List<BatchEntry> entries) {
    List<ObjectNode> lines = new ArrayList<>();
    for (BatchEntry entry : entries) {
      ObjectNode line = Json.object();
      switch (entry) {
        case BatchEntry.Order order -> line.set(JOB, parsed(order.json()));
        case BatchEntry.Bad bad -> errors(line, bad.errors());
      }
      lines.add(line);
    }
    return lines(lines);
  }

  @Override
  public List<BatchEntry> entries(byte[] input) {
    return new String(input, StandardCharsets.UTF_8).lines().map(BatchJson::entry).toList();
  }

  private static BatchEntry entry(String text) {
    JsonNode line = parsed(text);
    if (line.path(JOB).isObject()) {
      return new BatchEntry.Order(Json.text(line.path(JOB)));
    }
    List<FieldError> errors = new ArrayList<>();
    for (JsonNode each : line.path(ERRORS)) {
      errors.add(new FieldError(each.path(POINTER).asText(), each.path(DETAIL).asText()));
    }
    if (errors.isEmpty()) {
      throw new IllegalStateException("a line that was kept is neither a job nor an error");
    }
    return new BatchEntry.Bad(errors);
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException _) {
      // Without the cause: its message quotes the line, which is its caller's and not the log's.
      throw new IllegalStateException("a line that was kept is not JSON");
    }
  }

  @Override
  public byte[] report(List<BatchResult> results) {
    return lines(results.stream().map(BatchJson::line).toList());
  }

  private static ObjectNode line(BatchResult result) {
    return switch (result) {
      case BatchResult.OfJob of -> {
        Job job = of.view().job();
        ObjectNode json = started(of.line(), result);
        job.request().reference().ifPresent(reference -> json.put("reference", reference));
        job.reason().ifPresent(reason -> JobJson.reason(json, reason));
        ArrayNode songs = json.putArray("songs");
        of.view().songs().forEach(song -> songs.add(JobJson.song(song)));
        yield json;
      }
      case BatchResult.Refused refused -> {
        ObjectNode json = started(refused.line(), result);
        JobJson.reason(json, refused.reason());
        if (!refused.errors().isEmpty()) {
          errors(json, refused.errors());
        }
        yield json;
      }
      case BatchResult.NotStarted not -> started(not.line(), result);
      case BatchResult.BadFile bad -> {
        ObjectNode json = Json.object().put("status", result.status());
        JobJson.reason(json, bad.reason());
        yield json;
      }
    };
  }

  private static ObjectNode started(BatchLine line, BatchResult result) {
    return Json.object()
        .put("line", line.number())
        .put("id", line.job().value())
        .put("status", result.status());
  }

  private static void errors(ObjectNode json, List<FieldError> errors) {
    ArrayNode list = json.putArray(ERRORS);
    errors.forEach(
        error -> list.addObject().put(POINTER, error.pointer()).put(DETAIL, error.detail()));
  }

  private static byte[] lines(List<ObjectNode> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ObjectNode line : lines) {
      bytes.writeBytes(Json.bytes(line));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  @Override
  public String batch(Batch batch) {
    return Json.text(json(batch));
  }

  /** A batch. */
  public static ObjectNode json(Batch batch) {
    ObjectNode json =
        Json.object()
            .put("id", batch.id().value())
            .put("status", batch.outcome().isPresent() ? "ENDED" : "RUNNING")
            .put("total", batch.total())
            .put("concurrency", batch.concurrency())
            .put("running", batch.running().size())
            .put("ended", batch.ended().size());
    if (batch.cancelled()) {
      json.put("cancelled", true);
    }
    batch.file().ifPresent(file -> json.put("file", file));
    batch
        .outcome()
        .ifPresent(
            outcome -> {
              ObjectNode counts = json.putObject("counts");
              outcome.counts().forEach(counts::put);
              json.put("report", batch.reportKey());
            });
    json.put("createdAt", JobJson.time(batch.createdAt()))
        .put("updatedAt", JobJson.time(batch.updatedAt()));
    batch.outcome().ifPresent(outcome -> json.put("endedAt", JobJson.time(outcome.at())));
    return json;
  }
}
