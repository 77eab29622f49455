package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Test
  void shouldNameEveryField() throws JsonProcessingException {
    String words =
        Refusal.words(
            422,
            new ObjectMapper()
                .readTree(
                    """
                    {"title": "The request breaks a rule", "detail": "2 fields are wrong.", "errors": [
                      {"pointer": "/prompt", "detail": "is required"},
                      {"pointer": "/model", "detail": "is not one"}]}
                    """));

    assertThat(words.lines())
        .containsExactly(
            "The request breaks a rule (422): 2 fields are wrong.",
            "  /prompt  is required",
            "  /model  is not one");
  }

  @Test
  void shouldTellWhatToDoWithoutAKeyThatWorks() throws JsonProcessingException {
    assertThat(Refusal.words(401, new ObjectMapper().readTree("{\"message\": \"Unauthorized\"}")))
        .isEqualTo("the API answered 401 Unauthorized: it wants a key. Set RIFFHOOK_API_KEY.");
    assertThat(Refusal.words(403, new ObjectMapper().readTree("{\"message\": \"Forbidden\"}")))
        .isEqualTo(
            "the API answered 403 Forbidden: the key in RIFFHOOK_API_KEY does not work there.");
  }

  @Test
  void shouldMakeDoWithAStatus() {
    assertThat(Refusal.words(502, MissingNode.getInstance())).isEqualTo("the API answered 502");
  }
}
