package io.riffhook.providers.useapinet;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Provider.Found;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a job of ours among those that a service with {@code jobs} is at work on. The list has
 * what is running, by account; what it shows of a job differs, so every object in it that has a
 * {@code jobid} is taken for a job. Where it shows no {@code replyRef}, the job itself is read,
 * which does.
 */
public final class RunningJobs {
  /** The whole search must fit a function that has 30 s, beside a call of 10 s. */
  private static final Duration BUDGET = Duration.ofSeconds(15);

  private static final Duration LIST_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

  private final ProviderHttp http;
  private final String list;
  private final InstantSource clock;

  /**
   * @param list the path of the list; a job is below {@code /jobs/}
   */
  public RunningJobs(ProviderHttp http, String list, InstantSource clock) {
    this.http = http;
    this.list = list;
    this.clock = clock;
  }

  /** A job's path. */
  public static String path(String jobid) {
    return "/jobs/" + segment(jobid);
  }

  /** A text as one segment of a path. */
  public static String segment(String text) {
    // The encoder is made for forms: a path has no other way to say a blank.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether our job is among the running ones. */
  public Found find(JobId job) {
    Instant end = clock.instant().plus(BUDGET);
    return switch (http.get(list, LIST_TIMEOUT)) {
      case Reply.Answer answer when answer.status() == 200 && answer.body().isContainerNode() ->
          among(gather(answer.body()), job, end);
      case Reply.Answer answer -> new Found.CannotTell("HTTP " + answer.status());
      case Reply.NotSent unsent -> new Found.CannotTell(unsent.why());
      case Reply.NoAnswer silent -> new Found.CannotTell(silent.why());
    };
  }

  private Found among(List<JsonNode> running, JobId job, Instant end) {
    boolean unread = false;
    for (JsonNode listed : running) {
      Optional<JsonNode> told = Optional.of(listed);
      if (reference(listed).isEmpty()) {
        told = clock.instant().isBefore(end) ? read(listed) : Optional.empty();
      }
      if (told.flatMap(RunningJobs::reference).filter(job.value()::equals).isPresent()) {
        return new Found.There(List.of(id(listed)), account(told.get()));
      }
      unread |= told.isEmpty();
    }
    return unread
        ? new Found.CannotTell("it runs jobs that could not be read")
        : new Found.NotThere();
  }

  private Optional<JsonNode> read(JsonNode listed) {
    return http.get(path(id(listed)), READ_TIMEOUT) instanceof Reply.Answer answer
            && answer.status() == 200
            && answer.body().isObject()
        ? Optional.of(answer.body())
        : Optional.empty();
  }

  private static String id(JsonNode job) {
    return job.path("jobid").textValue();
  }

  /** The account that a job runs on: {@code email}, or {@code request.account}. */
  public static Optional<String> account(JsonNode job) {
    return ProviderJson.text(job, "email")
        .or(() -> ProviderJson.text(job.path("request"), "account"));
  }

  /** What we gave a job as its reference: it is echoed at its root, in its request, or in both. */
  private static Optional<String> reference(JsonNode job) {
    return ProviderJson.text(job, "replyRef")
        .or(() -> ProviderJson.text(job.path("request"), "replyRef"));
  }

  private static List<JsonNode> gather(JsonNode node) {
    List<JsonNode> jobs = new ArrayList<>();
    if (ProviderJson.text(node, "jobid").isPresent()) {
      jobs.add(node);
    } else {
      node.forEach(below -> jobs.addAll(gather(below)));
    }
    return jobs;
  }
}
