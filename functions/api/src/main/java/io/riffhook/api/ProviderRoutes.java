package io.riffhook.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Capabilities;
import io.riffhook.domain.HealthStore;
import io.riffhook.domain.Option;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Settings;
import io.riffhook.domain.Standing;
import io.riffhook.domain.Trouble;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.providers.ConfiguredProviders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What there is of providers: what each can do, how it is, and how our account with it stands. */
final class ProviderRoutes {
  private static final Duration SETTINGS_AGE = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(ProviderRoutes.class);

  private final Providers configured;
  private final Settings settings;
  private final HealthStore health;
  private final InstantSource clock;

  ProviderRoutes(Providers configured, Settings settings, HealthStore health, InstantSource clock) {
    this.configured = configured;
    this.settings = settings;
    this.health = health;
    this.clock = clock;
  }

  /** The configured ones in their order, then all others that there is an adapter for. */
  HttpResponse list() {
    List<Provider> all = new ArrayList<>(configured.all());
    for (String name : ConfiguredProviders.names()) {
      if (configured.find(name).isEmpty()) {
        ConfiguredProviders.find(name, settings).ifPresent(all::add);
      }
    }
    Map<String, Standing> standings = standings(all.stream().filter(this::isConfigured).toList());
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("providers");
    for (Provider provider : all) {
      Capabilities can = provider.capabilities();
      ObjectNode json = capabilities(can).put("configured", isConfigured(provider));
      if (isConfigured(provider)) {
        health(json, Stream.concat(fault(provider), health.troubles(can.provider()).stream()));
        standing(json, standings.getOrDefault(can.provider(), Standing.UNKNOWN));
      }
      list.add(json);
    }
    return HttpResponse.json(200, body);
  }

  private boolean isConfigured(Provider provider) {
    String name = provider.name();
    return configured.find(name).isPresent() && settings.isSet(tokenSetting(name));
  }

  private static String tokenSetting(String provider) {
    return provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_TOKEN";
  }

  /** Asks all of them at once, for each may take its time. */
  private static Map<String, Standing> standings(List<Provider> providers) {
    Map<String, Future<Standing>> asked = new LinkedHashMap<>();
    Map<String, Standing> standings = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      providers.forEach(each -> asked.put(each.name(), threads.submit(each::standing)));
      for (Map.Entry<String, Future<Standing>> each : asked.entrySet()) {
        standings.put(each.getKey(), each.getValue().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a provider's standing cannot be asked for", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while providers were asked how our accounts stand");
    }
    return standings;
  }

  private static ObjectNode capabilities(Capabilities can) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", can.provider())
            .put("signal", can.webhooks() ? "webhook" : "check");
    ArrayNode operations = json.putArray("operations");
    can.operations().keySet().forEach(kind -> operations.add(kind.value()));
    ObjectNode options = json.putObject("options");
    ObjectNode sources = json.putObject("sources");
    can.operations()
        .forEach(
            (kind, how) -> {
              options.set(kind.value(), options(how));
              sources.put(kind.value(), word(how.sources()));
            });
    ArrayNode formats = json.putArray("formats");
    can.formats().forEach(format -> formats.add(format.value()));
    ArrayNode models = json.putArray("models");
    can.models().forEach(models::add);
    ArrayNode hosts = json.putArray("fileHosts");
    can.fileHosts().stream().sorted().forEach(hosts::add);
    return json;
  }

  private static ArrayNode options(Capabilities.Can how) {
    ArrayNode options = JsonNodeFactory.instance.arrayNode();
    how.options()
        .forEach(
            (option, range) -> {
              ObjectNode each = options.addObject().put("name", option.field());
              if (option.measure() != Option.Measure.FLAG) {
                each.put("measure", option.measure().name().toLowerCase(Locale.ROOT))
                    .put("min", range.min())
                    .put("max", range.max());
              }
              if (how.required().contains(option)) {
                each.put("required", true);
              }
            });
    return options;
  }

  private static String word(Capabilities.Sources sources) {
    return sources.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A setting that keeps a provider from working, until it is read again. */
  private Stream<Trouble> fault(Provider provider) {
    Instant now = clock.instant();
    return provider.fault().stream()
        .map(
            why ->
                new Trouble(
                    provider.name(),
                    Optional.empty(),
                    Reasons.unavailable(provider.name(), why),
                    now,
                    now.plus(SETTINGS_AGE)));
  }

  private void health(ObjectNode json, Stream<Trouble> all) {
    List<Trouble> troubles = all.toList();
    Instant now = clock.instant();
    Optional<Trouble> whole =
        troubles.stream()
            .filter(each -> each.account().isEmpty() && each.until().isAfter(now))
            .findFirst();
    ObjectNode node = json.putObject("health").put("status", whole.isEmpty() ? "well" : "trouble");
    whole.ifPresent(trouble -> trouble(node, trouble));
    List<Trouble> accounts =
        troubles.stream()
            .filter(each -> each.account().isPresent() && each.until().isAfter(now))
            .toList();
    if (!accounts.isEmpty()) {
      ArrayNode list = node.putArray("accounts");
      accounts.forEach(
          each -> trouble(list.addObject().put("name", each.account().orElseThrow()), each));
    }
  }

  private static void trouble(ObjectNode json, Trouble trouble) {
    Reason reason = trouble.reason();
    json.put("until", trouble.until().toString())
        .putObject("reason")
        .put("code", reason.code())
        .put("detail", reason.detail());
  }

  private static void standing(ObjectNode json, Standing standing) {
    standing.credits().ifPresent(credits -> json.put("credits", credits));
    if (!standing.accounts().isEmpty()) {
      ArrayNode accounts = json.putArray("accounts");
      for (Standing.Account account : standing.accounts()) {
        ObjectNode each = accounts.addObject().put("name", account.name());
        account.maxJobs().ifPresent(jobs -> each.put("maxJobs", jobs));
        account.trouble().ifPresent(trouble -> each.put("trouble", trouble));
      }
    }
  }
}
