package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchCandidate;
import io.riffhook.domain.FieldError;
import io.riffhook.json.StrictText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads batches: of calls, and of dropped files. */
public final class BatchBody {
  private static final String JOBS = "jobs";
  private static final int MAX_LINE = 128 * 1024;

  private BatchBody() {}

  /** What the body of a call came to. */
  public sealed interface Result {
    /** Jobs of which some may break a rule, and how many of them run at once. */
    record Good(List<BatchCandidate> jobs, int concurrency) implements Result {
      public Good {
        jobs = List.copyOf(jobs);
      }
    }

    /**
     * Not one JSON object in whole characters.
     *
     * @param errors the texts that lost characters
     */
    record Malformed(String detail, List<FieldError> errors) implements Result {}

    /** Fields other than those of the jobs break a rule. */
    record Bad(List<FieldError> errors) implements Result {}
  }

  /** The body of {@code POST /v1/batches}. */
  public static Result ofCall(byte[] body) {
    JsonNode object;
    try {
      object = Json.body(body);
    } catch (Json.UnreadableException e) {
      return new Result.Malformed(e.sentence(), e.errors());
    }
    List<FieldError> errors = FieldReader.noErrors();
    FieldReader reader = new FieldReader(object, "", errors);
    List<BatchCandidate> jobs = new ArrayList<>();
    Optional<JsonNode> list = reader.field(JOBS);
    if (list.isEmpty() || !list.get().isArray() || list.get().isEmpty()) {
      reader.wrong(JOBS, "is required: a list of 1 to " + Batch.MAX_LINES + " submissions");
    } else if (list.get().size() > Batch.MAX_LINES) {
      reader.wrong(
          JOBS, "must have at most " + Batch.MAX_LINES + " items, and has " + list.get().size());
    } else {
      list.get().forEach(job -> jobs.add(candidate(job)));
    }
    int concurrency = concurrency(reader);
    reader.nothingElse("is not a field of a batch");
    return errors.isEmpty() ? new Result.Good(jobs, concurrency) : new Result.Bad(errors);
  }

  private static int concurrency(FieldReader reader) {
    Optional<JsonNode> value = reader.field("concurrency");
    if (value.isEmpty()) {
      return Batch.CONCURRENCY;
    }
    int concurrency = value.get().isInt() ? value.get().intValue() : 0;
    if (concurrency < 1 || concurrency > Batch.MAX_CONCURRENCY) {
      reader.wrong("concurrency", "must be a whole number from 1 to " + Batch.MAX_CONCURRENCY);
    }
    return concurrency;
  }

  /** Where a field of a batch's job stands in the body of its call. */
  public static FieldError within(int index, FieldError error) {
    return new FieldError("/" + JOBS + "/" + index + error.pointer(), error.detail());
  }

  /**
   * Reads the jobs that a file asks for, in UTF-8, or in UTF-16 if a byte order mark names it.
   * Blank lines are skipped; at most one job more than a batch can have is read.
   *
   * @param many whether each line is a job, rather than the whole
   */
  public static List<BatchCandidate> ofFile(byte[] file, boolean many) {
    byte[] text;
    try {
      text = StrictText.withoutMark(file);
    } catch (StrictText.NotTextException e) {
      return List.of(bad(String.valueOf(e.getMessage())));
    }
    List<BatchCandidate> candidates = new ArrayList<>();
    int from = 0;
    while (from < text.length && candidates.size() <= Batch.MAX_LINES) {
      int to = many ? lineEnd(text, from) : text.length;
      byte[] line = Arrays.copyOfRange(text, from, to);
      if (!new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
        candidates.add(candidate(line));
      }
      from = to + 1;
    }
    return candidates;
  }

  private static int lineEnd(byte[] file, int from) {
    int to = from;
    while (to < file.length && file[to] != '\n') {
      to++;
    }
    return to;
  }

  private static BatchCandidate candidate(byte[] line) {
    if (line.length > MAX_LINE) {
      return bad("has " + line.length + " bytes, and may have at most " + MAX_LINE);
    }
    try {
      return candidate(Json.body(line));
    } catch (Json.UnreadableException e) {
      return e.errors().isEmpty()
          ? bad(String.valueOf(e.getMessage()))
          : new BatchCandidate.Bad(e.errors());
    }
  }

  private static BatchCandidate candidate(JsonNode job) {
    return switch (SubmitBody.ofCall(job)) {
      case SubmitBody.Result.Good good -> new BatchCandidate.Good(job.toString(), good.request());
      case SubmitBody.Result.Bad bad -> new BatchCandidate.Bad(bad.errors());
      case SubmitBody.Result.Malformed _ -> bad("must be a JSON object");
    };
  }

  private static BatchCandidate bad(String rule) {
    return new BatchCandidate.Bad(List.of(new FieldError("", rule)));
  }
}
