package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;

class BlankVariablesTest {

  @Test
  void shouldHideNothingWhereNothingOfAwsIsBlank() {
    assertThat(
            BlankVariables.properties(
                Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_REGION", "x", "OTHER", "")))
        .isEmpty();
  }

  @Test
  void shouldHaveEndpointsIgnoredWhereOneIsBlank() {
    assertThat(BlankVariables.properties(Map.of("AWS_ENDPOINT_URL", "")))
        .containsOnly(Map.entry("aws.ignoreConfiguredEndpointUrls", "true"));
    assertThat(
            BlankVariables.properties(
                Map.of("AWS_ENDPOINT_URL_SSM", " ", "AWS_ENDPOINT_URL", "http://127.0.0.1:1")))
        .containsOnly(Map.entry("aws.ignoreConfiguredEndpointUrls", "true"));
  }

  @Test
  void shouldTakeTheSdksDefaultForABlankVariable() {
    assertThat(
            BlankVariables.properties(
                Map.of("AWS_PROFILE", "", "AWS_MAX_ATTEMPTS", "", "AWS_SESSION_TOKEN", "")))
        .containsOnly(Map.entry("aws.profile", "default"), Map.entry("aws.maxAttempts", "3"));
  }

  /** A new setting of the SDK without a declared default must be looked at. */
  @Test
  void shouldKnowEverySettingOfTheSdk() {
    Map<String, String> blank = new HashMap<>();
    for (SdkSystemSetting setting : SdkSystemSetting.values()) {
      if (setting.environmentVariable() != null) {
        blank.put(setting.environmentVariable(), "");
      }
    }
    Map<String, String> properties = BlankVariables.properties(blank);
    assertThat(
            Stream.of(SdkSystemSetting.values())
                .filter(setting -> !properties.containsKey(setting.property()))
                .map(SdkSystemSetting::environmentVariable))
        .as("texts, for which blank is unset, and AWS_PARTITIONS_FILE")
        .containsExactlyInAnyOrder(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_ACCOUNT_ID",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_REGION",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            "AWS_EXECUTION_ENV",
            "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",
            "AWS_PARTITIONS_FILE",
            "AWS_SDK_UA_APP_ID",
            "AWS_SIGV4A_SIGNING_REGION_SET",
            "AWS_AUTH_SCHEME_PREFERENCE",
            "SYNC_HTTP_SERVICE_IMPL",
            "ASYNC_HTTP_SERVICE_IMPL");
  }
}
