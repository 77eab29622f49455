package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static String words(int status, JsonNode body, Optional<Duration> retryAfter) {
    return Refusal.words(status, body, retryAfter, UnaryOperator.identity());
  }

  @Test
  void shouldNameEveryField() throws JsonProcessingException {
    String words =
        words(
            422,
            new ObjectMapper()
                .readTree(
                    """
                    {"title": "The request breaks a rule", "detail": "2 fields are wrong.", "errors": [
                      {"pointer": "/prompt", "detail": "is required"},
                      {"pointer": "/model", "detail": "is not one"}]}
                    """),
            Optional.empty());

    assertThat(words.lines())
        .containsExactly(
            "The request breaks a rule (422): 2 fields are wrong.",
            "  /prompt  is required",
            "  /model  is not one");
  }

  @Test
  void shouldTellWhatToDoWithoutAKeyThatWorks() throws JsonProcessingException {
    assertThat(
            words(
                401,
                new ObjectMapper().readTree("{\"message\": \"Unauthorized\"}"),
                Optional.empty()))
        .isEqualTo("the API answered 401 Unauthorized: it wants a key. Set RIFFHOOK_API_KEY.");
    assertThat(
            words(
                403, new ObjectMapper().readTree("{\"message\": \"Forbidden\"}"), Optional.empty()))
        .isEqualTo(
            "the API answered 403 Forbidden: the key in RIFFHOOK_API_KEY does not work there.");
  }

  @Test
  void shouldMakeDoWithAStatus() {
    assertThat(words(502, MissingNode.getInstance(), Optional.empty()))
        .isEqualTo("the API answered 502");
  }

  @ParameterizedTest
  @CsvSource({
    "30, 30 s",
    "60, 1 min 0 s",
    "3599, 59 min 59 s",
    "3600, 1 h 0 min",
    "51886, 14 h 24 min"
  })
  void shouldSayWhenToTryAgain(long seconds, String words) throws JsonProcessingException {
    assertThat(
            words(
                    429,
                    new ObjectMapper()
                        .readTree(
                            """
                            {"title": "Too many of your jobs are running", "detail": "At most 2."}
                            """),
                    Optional.of(Duration.ofSeconds(seconds)))
                .lines())
        .containsExactly(
            "Too many of your jobs are running (429): At most 2.", "  Try again in " + words + ".");
  }
}
