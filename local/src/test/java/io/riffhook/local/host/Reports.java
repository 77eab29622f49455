package io.riffhook.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What test handlers report to the test that hosts them. The host makes handlers by reflection from
 * strings only, so reports are found by a name, which each test makes up.
 */
final class Reports implements AutoCloseable {
  private static final Map<String, Reports> OPEN = new ConcurrentHashMap<>();

  private final String name;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

  private Reports(String name) {
    this.name = name;
  }

  static Reports open() {
    Reports reports = new Reports(UUID.randomUUID().toString());
    OPEN.put(reports.name, reports);
    return reports;
  }

  static Reports of(String name) {
    return Optional.ofNullable(OPEN.get(name)).orElseThrow();
  }

  String name() {
    return name;
  }

  void add(JsonNode report) {
    received.add(report);
  }

  JsonNode next() throws InterruptedException {
    JsonNode report = received.poll(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    return Optional.ofNullable(report).orElseThrow(() -> new AssertionError("nothing reported"));
  }

  @Override
  public void close() {
    OPEN.remove(name);
  }
}
