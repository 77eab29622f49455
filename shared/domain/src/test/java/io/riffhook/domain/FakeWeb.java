package io.riffhook.domain;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A web whose files are what a test says. */
public final class FakeWeb implements WebFiles {
  private final Map<URI, Deque<Supplier<Opened>>> files = new HashMap<>();
  private final Set<URI> refused = new HashSet<>();

  /** What opening a file comes to, each time; the last answer stays. */
  public FakeWeb has(URI url, List<Supplier<Opened>> answers) {
    files.put(url, new ArrayDeque<>(answers));
    return this;
  }

  /** Refuses a URL from now on. */
  public FakeWeb refuse(URI url) {
    refused.add(url);
    return this;
  }

  @Override
  public Optional<String> refusal(URI url) {
    if (refused.contains(url)) {
      return Optional.of("is refused today");
    }
    return "https".equals(url.getScheme()) ? Optional.empty() : Optional.of("must be https");
  }

  @Override
  public synchronized Opened open(URI url) {
    Deque<Supplier<Opened>> answers = files.get(url);
    if (answers == null) {
      return new Opened.Gone("HTTP 404");
    }
    return (answers.size() > 1 ? answers.removeFirst() : answers.getFirst()).get();
  }
}
