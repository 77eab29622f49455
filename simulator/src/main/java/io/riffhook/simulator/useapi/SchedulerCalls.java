package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The vendor's queue: {@code /scheduler}. */
final class SchedulerCalls {
  /** Here {@code started} is text, though the 429 has it as a number. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Accounts accounts;
  private final Songs songs;
  private final InstantSource clock;

  SchedulerCalls(Accounts accounts, Songs songs, InstantSource clock) {
    this.accounts = accounts;
    this.songs = songs;
    this.clock = clock;
  }

  Reply list() {
    return Reply.json(200, executing());
  }

  Reply available() {
    ArrayNode available = Json.array();
    for (Account account : accounts.all()) {
      long executing =
          songs.scheduled().stream()
              .filter(song -> song.facts().userId().equals(account.userId()))
              .count();
      ObjectNode item =
          available.addObject().put("user_id", account.userId()).put("maxJobs", account.maxJobs());
      item.put("executing", executing).put("available", Math.max(0, account.maxJobs() - executing));
    }
    ObjectNode body = Json.object();
    body.set("executing", executing());
    body.set("available", available);
    return Reply.json(200, body);
  }

  /**
   * The body of a success is not documented; ours is empty, as that of {@code DELETE /music} is.
   */
  Reply remove(String jobId) {
    return songs.find(jobId).filter(SimulatedSong::unschedule).isPresent()
        ? new Reply.EmptyReply(200)
        : Replies.error(404, "Job " + jobId + " not found");
  }

  static void addReply(ObjectNode job, SimulatedSong.Facts facts) {
    if (!facts.replyUrl().isEmpty()) {
      job.put("replyUrl", facts.replyUrl());
    }
    if (!facts.replyRef().isEmpty()) {
      job.put("replyRef", facts.replyRef());
    }
  }

  private ArrayNode executing() {
    ArrayNode jobs = Json.array();
    for (SimulatedSong song : songs.scheduled()) {
      SimulatedSong.Facts facts = song.facts();
      Duration elapsed = Duration.between(facts.createdAt(), clock.instant());
      ObjectNode job = jobs.addObject().put("job_id", facts.jobId()).put("user_id", facts.userId());
      job.put("started", TIME.format(facts.createdAt()));
      job.put("elapsed", "%02d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart()));
      addReply(job, facts);
    }
    return jobs;
  }
}
