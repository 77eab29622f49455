package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import java.util.List;
import java.util.Optional;

/** The places in the vendor's own queue at one moment. */
final class Quota {
  private final List<Account> accounts;
  private final List<SimulatedSong> running;
  private final int configured;

  /** A quota of {@code configured} jobs an account, 0 for no limit. */
  Quota(Accounts accounts, Songs songs, int configured) {
    this.accounts = accounts.all();
    this.running = songs.scheduled();
    this.configured = configured;
  }

  /** An account that can take the job, of those that the request allows. */
  Optional<Account> withRoom(CreateRequest request) {
    int limit = limit(request);
    return candidates(request).stream()
        .filter(account -> limit == 0 || of(account).size() < limit)
        .findFirst();
  }

  /** "Account … is busy executing X jobs", with {@code started} in milliseconds since 1970. */
  Reply busy(CreateRequest request) {
    Account account = candidates(request).getFirst();
    List<SimulatedSong> jobs = of(account);
    ArrayNode list = Json.array();
    jobs.forEach(song -> list.add(job(song)));
    ObjectNode body = Json.object();
    body.put(
        "error", "Account %s is busy executing %d jobs".formatted(account.userId(), jobs.size()));
    body.putObject("runningJobs").set(account.userId(), list);
    return Reply.json(429, body.put("code", 429));
  }

  private static ObjectNode job(SimulatedSong song) {
    SimulatedSong.Facts facts = song.facts();
    ObjectNode job = Json.object().put("user_id", facts.userId()).put("job_id", facts.jobId());
    job.put("started", facts.createdAt().toEpochMilli());
    SchedulerCalls.addReply(job, facts);
    return job;
  }

  private int limit(CreateRequest request) {
    return request.maxJobs().orElse(configured);
  }

  private List<Account> candidates(CreateRequest request) {
    return accounts.stream()
        .filter(account -> request.userId().map(account.userId()::equals).orElse(true))
        .toList();
  }

  private List<SimulatedSong> of(Account account) {
    return running.stream().filter(song -> song.facts().userId().equals(account.userId())).toList();
  }
}
