package io.riffhook.domain;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A provider that answers what a test tells it to. Where several answers are given they come one
 * after the other, and the last one again and again.
 */
public final class FakeProvider implements Provider {
  private final Capabilities capabilities;
  private final List<Order> orders = new ArrayList<>();

  /** An operation with every option, in any range, from any audio. */
  static final Capabilities.Can ANYTHING = anything();

  private final List<String> lookedUp = new ArrayList<>();
  private final List<JobId> searched = new ArrayList<>();
  private final List<AssetSource> opened = new ArrayList<>();
  private final List<Optional<String>> accounts = new ArrayList<>();
  private final Deque<Supplier<SubmitOutcome>> submissions = new ArrayDeque<>();
  private final Map<String, Deque<Lookup>> lookups = new HashMap<>();
  private final Deque<Found> searches = new ArrayDeque<>();
  private final Deque<Stems> stems = new ArrayDeque<>();
  private final Map<AssetSource, Deque<Supplier<Opened>>> files = new HashMap<>();
  private final Deque<Registration> registrations = new ArrayDeque<>();
  private final List<SourceFile> registered = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private Function<Inbound, Callback> callbacks = _ -> new Callback.Unreadable("not scripted");

  public FakeProvider(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  private static Capabilities.Can anything() {
    Capabilities.Can can = Capabilities.Can.of().from(Capabilities.Sources.ANY);
    for (Option option : Option.values()) {
      can = can.takes(option, 0, 1_000_000);
    }
    return can;
  }

  /** One that can do everything that is served, and calls back. */
  public static FakeProvider named(String name) {
    return new FakeProvider(
        new Capabilities(
            name,
            Map.of(Operation.Kind.PROMPT, ANYTHING, Operation.Kind.COMPOSE, ANYTHING),
            EnumSet.allOf(Format.class),
            List.of("FUZZ-0.8"),
            true,
            Duration.ofSeconds(8),
            Set.of()));
  }

  /** One that calls nobody back and does only this, with every option. */
  public static FakeProvider only(
      String name, Set<Operation.Kind> kinds, Set<Format> formats, String... models) {
    Map<Operation.Kind, Capabilities.Can> operations = new EnumMap<>(Operation.Kind.class);
    kinds.forEach(kind -> operations.put(kind, ANYTHING));
    return new FakeProvider(
        new Capabilities(
            name, operations, formats, List.of(models), false, Duration.ofSeconds(8), Set.of()));
  }

  /** What comes of the next calls. */
  public FakeProvider submits(SubmitOutcome... outcomes) {
    for (SubmitOutcome outcome : outcomes) {
      submissions.add(() -> outcome);
    }
    return this;
  }

  /** What comes of the next call, found out while it is under way. */
  public FakeProvider submits(Supplier<SubmitOutcome> outcome) {
    submissions.add(outcome);
    return this;
  }

  /** How a provider job stands. Replaces what was said of it before. */
  public FakeProvider shows(String providerJob, Lookup... answers) {
    lookups.put(providerJob, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  /** What a search for our id brings. */
  public FakeProvider finds(Found... answers) {
    searches.addAll(List.of(answers));
    return this;
  }

  /** The stems that a song has. */
  public FakeProvider lists(Stems... answers) {
    stems.clear();
    stems.addAll(List.of(answers));
    return this;
  }

  /** What opening a source comes to. */
  public FakeProvider opens(AssetSource source, Supplier<Opened> answer) {
    return opens(source, List.of(answer));
  }

  /** What opening a source comes to, each time. Replaces what was said of it before. */
  public FakeProvider opens(AssetSource source, List<Supplier<Opened>> answers) {
    files.put(source, new ArrayDeque<>(answers));
    return this;
  }

  /** What comes of giving it a file, and of asking how the file stands. */
  public FakeProvider registers(Registration... answers) {
    registrations.addAll(List.of(answers));
    return this;
  }

  /** The files that it was given. */
  public synchronized List<SourceFile> given() {
    return List.copyOf(registered);
  }

  /** The provider jobs that it was asked to stop. */
  public synchronized List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  @Override
  public synchronized Registration register(SourceFile file) {
    registered.add(file);
    return next(registrations, "register");
  }

  @Override
  public synchronized Registration registered(String id) {
    return next(registrations, "registered");
  }

  @Override
  public synchronized void cancel(List<String> providerJobs) {
    cancelled.addAll(providerJobs);
  }

  /** What callbacks claim. */
  public FakeProvider readsCallbacks(Function<Inbound, Callback> reader) {
    callbacks = reader;
    return this;
  }

  /** Bytes whose number the server tells. */
  public static Supplier<Opened> bytes(String content) {
    return bytes(content, content.length());
  }

  /** Bytes, and the number of them that the server tells. */
  public static Supplier<Opened> bytes(String content, long announced) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    return () -> new Opened.Body(new ByteArrayInputStream(bytes), OptionalLong.of(announced));
  }

  /** A dead link. */
  public static Supplier<Opened> gone() {
    return () -> new Opened.Gone("HTTP 404");
  }

  /** A server that is out. */
  public static Supplier<Opened> notNow() {
    return () -> new Opened.NotNow("HTTP 503");
  }

  public synchronized List<Order> orders() {
    return List.copyOf(orders);
  }

  public synchronized List<String> lookedUp() {
    return List.copyOf(lookedUp);
  }

  public synchronized List<JobId> searched() {
    return List.copyOf(searched);
  }

  public synchronized List<AssetSource> opened() {
    return List.copyOf(opened);
  }

  /** The accounts that reads were made with. */
  public synchronized List<Optional<String>> accounts() {
    return List.copyOf(accounts);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public SubmitOutcome submit(Order order) {
    Supplier<SubmitOutcome> outcome;
    synchronized (this) {
      orders.add(order);
      outcome = next(submissions, "submit");
    }
    return outcome.get();
  }

  @Override
  public Callback parseCallback(Inbound inbound) {
    return callbacks.apply(inbound);
  }

  @Override
  public synchronized Lookup lookup(String providerJob, Optional<String> account) {
    lookedUp.add(providerJob);
    accounts.add(account);
    Deque<Lookup> answers = lookups.get(providerJob);
    return answers == null ? new Lookup.Unheard("no song in the answer") : next(answers, "lookup");
  }

  @Override
  public synchronized Found find(JobId job) {
    searched.add(job);
    return next(searches, "find");
  }

  @Override
  public synchronized Stems stems(String providerSong, Optional<String> account) {
    accounts.add(account);
    return next(stems, "stems");
  }

  @Override
  public synchronized Opened open(AssetSource source) {
    opened.add(source);
    Deque<Supplier<Opened>> answers = files.get(source);
    return answers == null ? new Opened.Gone("HTTP 404") : next(answers, "open").get();
  }

  private static <T> T next(Deque<T> answers, String call) {
    if (answers.isEmpty()) {
      throw new AssertionError("the test expects no call of " + call);
    }
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }
}
