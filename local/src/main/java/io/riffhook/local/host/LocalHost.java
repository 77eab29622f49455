package io.riffhook.local.host;

import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.bus.Buses;
import io.riffhook.local.bus.PipeRun;
import io.riffhook.local.bus.PutEvents;
import io.riffhook.local.template.Authorizer;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Pipe;
import io.riffhook.local.template.QueueSource;
import io.riffhook.local.template.Route;
import io.riffhook.local.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every function of a template, its routes behind HTTP, its queues behind pollers; and the
 * template's event buses, with their pipes and a port that takes events.
 */
public final class LocalHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalHost.class);

  /**
   * Lambda would run as many as the template allows; one machine has fewer cores and one network.
   */
  private static final int MOST_CONCURRENT = 8;

  private static final Duration GATEWAY_PATIENCE = Duration.ofSeconds(30);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(30);

  private final HttpListener http;
  private final HttpListener events;
  private final Buses buses;
  private final List<HostedFunction> functions = new ArrayList<>();
  private final List<QueuePoller> pollers = new ArrayList<>();
  private final List<BucketWatcher> watchers = new ArrayList<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  private LocalHost(HttpListener http, HttpListener events, Buses buses) {
    this.http = http;
    this.events = events;
    this.buses = buses;
  }

  /**
   * Starts serving.
   *
   * @param environments each function's environment, by its name in the template
   * @param http where the routes are served
   * @param events where EventBridge's PutEvents is served
   */
  public static LocalHost start(
      Template template,
      Map<String, Map<String, String>> environments,
      AwsServices aws,
      HttpListener http,
      HttpListener events,
      FunctionRuntime runtime) {
    return start(template, environments, aws, http, events, runtime, GATEWAY_PATIENCE);
  }

  static LocalHost start(
      Template template,
      Map<String, Map<String, String>> environments,
      AwsServices aws,
      HttpListener http,
      HttpListener events,
      FunctionRuntime runtime,
      Duration gatewayPatience) {
    Buses buses = Buses.of(template, aws);
    LocalHost host = new LocalHost(http, events, buses);
    Map<Route, HostedFunction> routes = new LinkedHashMap<>();
    for (Function function : template.functions()) {
      Map<String, String> environment = environments.getOrDefault(function.name(), Map.of());
      HostedFunction hosted =
          new HostedFunction(
              function, aws.region(), runtime.runner(function, environment), host::finished);
      host.functions.add(hosted);
      function.routes().forEach(route -> routes.put(route, hosted));
      function.queueSources().forEach(source -> host.pollers.add(poller(source, hosted, aws)));
    }
    http.serve(
        new HttpGateway(
            new RouteTable(routes),
            host.authorizers(routes, environments),
            new GatewayCors(template.cors()),
            gatewayPatience));
    template.pipes().forEach(pipe -> host.pollers.add(poller(pipe, buses, aws)));
    events.serve(new EventsGateway(new PutEvents(buses)));
    host.pollers.forEach(QueuePoller::start);
    template.buckets().stream()
        .filter(bucket -> !bucket.notifications().isEmpty())
        .map(bucket -> new BucketWatcher(aws, bucket))
        .forEach(host.watchers::add);
    host.watchers.forEach(BucketWatcher::start);
    return host;
  }

  private Map<Authorizer, GatewayAuthorizer> authorizers(
      Map<Route, HostedFunction> routes, Map<String, Map<String, String>> environments) {
    Map<String, HostedFunction> byName =
        functions.stream().collect(Collectors.toMap(HostedFunction::name, each -> each));
    return routes.keySet().stream()
        .flatMap(route -> route.authorizer().stream())
        .distinct()
        .collect(
            Collectors.toMap(
                each -> each,
                each ->
                    new GatewayAuthorizer(
                        each,
                        Optional.ofNullable(byName.get(each.function())).orElseThrow(),
                        environments
                            .getOrDefault(each.function(), Map.of())
                            .getOrDefault("RIFFHOOK_REQUIRE_KEYS", "")
                            .equals("true"),
                        InstantSource.system())));
  }

  private static QueuePoller poller(QueueSource source, HostedFunction function, AwsServices aws) {
    int most = Math.min(source.maximumConcurrency(), MOST_CONCURRENT);
    return new QueuePoller(
        aws,
        source.queue(),
        source.batchSize(),
        Math.min(most, function.concurrency()),
        (messages, queue) ->
            function
                .invoke(SqsEvent.of(messages, queue.arn(), aws.region()))
                .thenApply(
                    outcome -> BatchResult.done(messages, outcome, source.reportsItemFailures())));
  }

  /** One batch after the other: then events mostly keep their order, though nothing promises it. */
  private static QueuePoller poller(Pipe pipe, Buses buses, AwsServices aws) {
    PipeRun run = new PipeRun(pipe, buses);
    return new QueuePoller(
        aws,
        pipe.queue(),
        pipe.batchSize(),
        1,
        (messages, _) -> CompletableFuture.completedFuture(run.move(messages)));
  }

  /**
   * Adds a listener that is told the function's name after each invocation, on that invocation's
   * thread.
   */
  public void onInvocation(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Adds a listener that is told each event that is put on a bus, as EventBridge's JSON. */
  public void onEvent(Consumer<String> listener) {
    buses.onEvent(listener);
  }

  private void finished(String function) {
    for (Consumer<String> listener : listeners) {
      try {
        listener.accept(function);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed", e);
      }
    }
  }

  /**
   * Takes nothing new and waits for what runs, for at most half a minute; the rest is interrupted.
   */
  @Override
  public void close() {
    Instant end = Instant.now().plus(CLOSING_PATIENCE);
    try {
      http.stopAccepting();
      events.stopAccepting();
      for (BucketWatcher watcher : watchers) {
        watcher.stop();
      }
      pollers.forEach(QueuePoller::stop);
      for (QueuePoller poller : pollers) {
        poller.awaitStopped();
      }
      for (QueuePoller poller : pollers) {
        poller.finish(Duration.between(Instant.now(), end));
      }
      for (HostedFunction function : functions) {
        function.finish(Duration.between(Instant.now(), end));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      events.close();
      http.close();
    }
  }
}
