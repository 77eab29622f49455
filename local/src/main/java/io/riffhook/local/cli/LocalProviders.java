package io.riffhook.local.cli;

import io.riffhook.domain.Provider;
import io.riffhook.domain.Settings;
import io.riffhook.providers.ConfiguredProviders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The providers of a system in this process: the real ones whose tokens the user has set, or else
 * the simulator in the place of all of them. Never both: a song that was meant to cost nothing must
 * not be bought because the first provider was busy.
 */
final class LocalProviders {
  private static final String LIST = "RIFFHOOK_PROVIDERS";
  private static final String PUBLIC_URL = "RIFFHOOK_PUBLIC_URL";

  /** Where the simulator plays each provider, below its origin. */
  private static final Map<String, String> MOUNTS =
      Map.of(
          "useapi", "/v1/riffusion",
          "musicapi", "/musicapi",
          "riffgateway", "/riffgateway",
          "musicapi-producer", "/musicapi",
          "flowmusic", "/v1/flowmusic",
          "mureka", "/v1/mureka",
          "standard", "/standard");

  /** What the simulator signs its Standard Webhooks with. */
  private static final String SIMULATED_WEBHOOK_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

  /** What providers have beside an address and a token. */
  private static final List<String> MORE_SETTINGS =
      List.of(
          "RIFFHOOK_FILE_HOSTS",
          "MUSICAPI_PRODUCER_DIALECT",
          "MUSICAPI_PRODUCER_SIGNATURE",
          "STANDARD_WEBHOOK_SECRET",
          "STANDARD_MAPPING");

  private final boolean real;
  private final Map<String, String> environment;

  private LocalProviders(boolean real, Map<String, String> environment) {
    this.real = real;
    this.environment = Map.copyOf(environment);
  }

  /** Whether songs are made by real providers, and cost. */
  static boolean areReal(CliContext context) {
    return !withToken(context).isEmpty();
  }

  private static List<String> withToken(CliContext context) {
    return ConfiguredProviders.names().stream()
        .filter(name -> context.variable(token(name)).isPresent())
        .toList();
  }

  /** The real providers. */
  static LocalProviders real(CliContext context) {
    Map<String, String> environment = settings(context);
    environment.putIfAbsent(LIST, String.join(",", withToken(context)));
    return new LocalProviders(true, environment);
  }

  /**
   * The simulator, as every provider that the user lists, or as all.
   *
   * @param origin where it is, without a path
   * @param token the token that it accepts for each of them
   */
  static LocalProviders simulated(CliContext context, String origin, String token) {
    Map<String, String> environment = settings(context);
    environment.putIfAbsent(LIST, String.join(",", simulated()));
    MOUNTS.forEach(
        (name, mount) -> {
          environment.put(baseUrl(name), origin + mount);
          environment.put(token(name), token);
        });
    environment.put("STANDARD_WEBHOOK_SECRET", SIMULATED_WEBHOOK_SECRET);
    environment.remove("STANDARD_MAPPING"); // it speaks of another API than the simulator's
    environment.remove(PUBLIC_URL); // the simulator is on this machine
    return new LocalProviders(false, environment);
  }

  /** The names of those that the simulator can play. */
  static List<String> simulated() {
    return ConfiguredProviders.names().stream().filter(MOUNTS::containsKey).toList();
  }

  private static Map<String, String> settings(CliContext context) {
    Map<String, String> environment = new HashMap<>();
    Stream.concat(
            Stream.concat(Stream.of(LIST, PUBLIC_URL), MORE_SETTINGS.stream()),
            ConfiguredProviders.names().stream()
                .flatMap(name -> Stream.of(baseUrl(name), token(name))))
        .forEach(name -> context.variable(name).ifPresent(value -> environment.put(name, value)));
    return environment;
  }

  private static String baseUrl(String provider) {
    return prefix(provider) + "_BASE_URL";
  }

  private static String token(String provider) {
    return prefix(provider) + "_TOKEN";
  }

  private static String prefix(String provider) {
    return provider.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The settings of the system that has these providers. Some are secret. */
  Map<String, String> environment() {
    return environment;
  }

  /**
   * What a person should know of them, most important first.
   *
   * @param reachable whether they have an address to call back to
   * @throws IllegalArgumentException if the user lists one that there is no adapter for, or a
   *     setting keeps one from working
   */
  List<String> about(boolean reachable) {
    List<Provider> providers = ConfiguredProviders.from(asSettings()).all();
    providers.stream()
        .flatMap(each -> each.fault().stream())
        .findFirst()
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    if (!real) {
      return List.of(
          "the simulator, which costs nothing (set a token such as FLOWMUSIC_TOKEN for a real one)",
          "it plays " + names(providers));
    }
    List<Provider> tokenless =
        providers.stream()
            .filter(each -> !environment.containsKey(token(each.capabilities().provider())))
            .toList();
    List<Provider> callers =
        providers.stream().filter(each -> each.capabilities().webhooks()).toList();
    List<String> lines = new ArrayList<>();
    lines.add(names(providers) + ", with your tokens: songs cost credits there");
    if (!tokenless.isEmpty()) {
      lines.add("no token is set for " + names(tokenless));
    }
    if (!reachable && !callers.isEmpty()) {
      lines.add(
          "nobody can reach this machine without RIFFHOOK_PUBLIC_URL, so "
              + names(callers)
              + " cannot call back: jobs go by asking now and then");
    }
    return lines;
  }

  private Settings asSettings() {
    Map<String, String> all = new HashMap<>(environment);
    all.put("RIFFHOOK_ONE_MACHINE", "true");
    return name -> Optional.ofNullable(all.get(name)).filter(value -> !value.isBlank());
  }

  private static String names(List<Provider> providers) {
    return providers.stream()
        .map(each -> each.capabilities().provider())
        .collect(Collectors.joining(", "));
  }
}
