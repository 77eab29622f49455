package io.riffhook.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * Keeps the AWS SDK from environment variables that are set to a blank text. SAM CLI sets a
 * variable to the empty text if it cannot resolve its value. The SDK reads the process's
 * environment itself and fails on such a value: an empty {@code AWS_ENDPOINT_URL} is a URL without
 * a scheme to it. A system property comes before a variable, so each blank variable gets the
 * property that says what the SDK does without the variable.
 */
public final class BlankVariables {
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  /** What the SDK does if nothing is set, for settings whose default it does not declare. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("AWS_USE_FIPS_ENDPOINT", "false"),
          Map.entry("AWS_USE_DUALSTACK_ENDPOINT", "false"),
          Map.entry("AWS_MAX_ATTEMPTS", "3"),
          Map.entry("AWS_RETRY_MODE", "standard"),
          Map.entry("AWS_DEFAULTS_MODE", "legacy"),
          Map.entry("AWS_DISABLE_REQUEST_COMPRESSION", "false"),
          Map.entry("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10240"),
          Map.entry("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported"),
          Map.entry("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_supported"),
          Map.entry("AWS_ACCOUNT_ID_ENDPOINT_MODE", "preferred"),
          Map.entry("AWS_ENDPOINT_DISCOVERY_ENABLED", "false"),
          Map.entry("AWS_EC2_METADATA_V1_DISABLED", "false"),
          Map.entry("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"),
          Map.entry("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "false"),
          Map.entry("AWS_NEW_RETRIES_2026", "false"));

  private BlankVariables() {}

  /** Sets the system properties for the blank variables of this process. */
  public static void hide() {
    properties(System.getenv())
        .forEach(
            (name, value) -> {
              if (System.getProperty(name) == null) {
                System.setProperty(name, value);
              }
            });
  }

  /** Returns the system properties that take the place of an environment's blank variables. */
  static Map<String, String> properties(Map<String, String> environment) {
    if (environment.entrySet().stream().noneMatch(BlankVariables::isBlankOfAws)) {
      return Map.of();
    }
    Map<String, String> properties = new HashMap<>();
    if (environment.entrySet().stream()
        .anyMatch(each -> isBlankOfAws(each) && each.getKey().startsWith(ENDPOINT))) {
      // Our clients are given their endpoint, so the SDK need not look for one.
      properties.put("aws.ignoreConfiguredEndpointUrls", "true");
    }
    Stream.concat(
            Stream.of(SdkSystemSetting.values()), Stream.of(ProfileFileSystemSetting.values()))
        .filter(setting -> isBlank(environment, setting))
        .forEach(
            setting -> {
              String value =
                  setting.defaultValue() == null
                      ? DEFAULTS.get(setting.environmentVariable())
                      : setting.defaultValue();
              if (value != null) {
                properties.putIfAbsent(setting.property(), value);
              }
            });
    return properties;
  }

  private static boolean isBlankOfAws(Map.Entry<String, String> variable) {
    return variable.getKey().startsWith("AWS_") && variable.getValue().isBlank();
  }

  private static boolean isBlank(Map<String, String> environment, SystemSetting setting) {
    String name = setting.environmentVariable();
    return name != null && environment.containsKey(name) && environment.get(name).isBlank();
  }
}
