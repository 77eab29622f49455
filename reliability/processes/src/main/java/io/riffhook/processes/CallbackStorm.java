package io.riffhook.processes;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Job;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the callbacks of many jobs as useapi does, each twice, in any order, and at a rate that
 * does not wait for answers.
 */
final class CallbackStorm {
  private static final JsonMapper JSON = new JsonMapper();

  private final Caller caller;
  private final URI api;
  private final CallbackTokens tokens;
  private final Random random;

  CallbackStorm(Caller caller, URI api, CallbackTokens tokens, Random random) {
    this.caller = caller;
    this.api = api;
    this.tokens = tokens;
    this.random = random;
  }

  /**
   * What came of it.
   *
   * @param sent how many callbacks, half of them repeats
   * @param wanted how many were to be sent a second
   * @param reached how many were sent a second
   * @param answers how often each status was answered; 0 where there was no answer
   * @param times of the answers
   */
  record Result(
      int sent, double wanted, double reached, Map<Integer, Integer> answers, Percentiles times) {

    /** How many answers were no success. */
    int failures() {
      return answers.entrySet().stream()
          .filter(answer -> answer.getKey() / 100 != 2)
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  private record Post(URI url, String body) {}

  /**
   * Calls back for jobs that the provider took.
   *
   * @param rate how many callbacks a second
   */
  Result send(List<Job> jobs, double rate) throws InterruptedException {
    List<Post> posts = new ArrayList<>();
    for (Job job : jobs) {
      List<Post> own =
          List.of(
              post(job, "processing", 33),
              post(job, "processing", 66),
              post(job, "completed", 100));
      posts.addAll(own);
      posts.addAll(own);
    }
    Collections.shuffle(posts, random);
    Map<Integer, Integer> answers = new TreeMap<>();
    Queue<Duration> times = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    double seconds;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < posts.size(); i++) {
        awaitNanos(start + Math.round(i / rate * 1e9));
        Post post = posts.get(i);
        threads.execute(() -> send(post, answers, times));
      }
      seconds = (System.nanoTime() - start) / 1e9;
    }
    return new Result(
        posts.size(), rate, posts.size() / seconds, answers, Percentiles.of(List.copyOf(times)));
  }

  private static void awaitNanos(long due) throws InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void send(Post post, Map<Integer, Integer> answers, Queue<Duration> times) {
    try {
      long begin = System.nanoTime();
      int status = caller.callBack(post.url(), post.body());
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      synchronized (answers) {
        answers.merge(status, 1, Integer::sum);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Post post(Job job, String status, int progress) {
    String token = tokens.token(job.provider(), job.id(), job.attempt());
    ObjectNode body =
        JSON.createObjectNode()
            .put("job_id", job.providerJobs().getFirst())
            .put("replyRef", job.id().value())
            .put("id", job.providerJobs().getFirst())
            .put("status", status)
            .put("progress", progress);
    return new Post(
        api.resolve("/callbacks/%s/%s/%s".formatted(job.provider(), job.id(), token)),
        body.toString());
  }
}
