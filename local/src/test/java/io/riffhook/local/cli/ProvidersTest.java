package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of the API's answer about providers. */
class ProvidersTest {
  private static final List<ProviderView> ALL =
      providers(
          """
          {"providers": [
            {"name": "alpha", "signal": "check", "configured": true,
             "operations": ["prompt", "cover"], "formats": ["m4a"], "models": [], "fileHosts": [],
             "options": {"prompt": [{"name": "prompt", "measure": "characters", "min": 1.0, "max": 500.0, "required": true}],
                         "cover": []},
             "sources": {"prompt": "none", "cover": "any"},
             "health": {"status": "well", "accounts": [{"name": "a-1", "until": "2026-11-21T02:25:14.123Z",
                        "reason": {"code": "provider-busy", "detail": "busy"}}]}},
            {"name": "beta", "signal": "webhook", "configured": true,
             "operations": ["prompt", "compose", "cover"], "formats": ["mp3", "stems"],
             "models": ["V8", "O2"], "fileHosts": ["cdn.example"],
             "options": {"prompt": [{"name": "prompt", "measure": "characters", "min": 1.0, "max": 500.0}],
                         "compose": [{"name": "sounds", "measure": "items", "min": 1.0, "max": 1.0, "required": true},
                                     {"name": "instrumental"}, {"name": "image"},
                                     {"name": "sounds.start", "measure": "number", "min": 0.0, "max": 1.0},
                                     {"name": "at", "measure": "seconds", "min": 0.5, "max": 90.0}],
                         "cover": []},
             "sources": {"prompt": "none", "compose": "files", "cover": "own-songs"},
             "health": {"status": "trouble", "until": "2026-11-21T02:25:14.123Z",
                        "reason": {"code": "provider-unavailable", "detail": "beta cannot be reached"}},
             "credits": 12, "accounts": [{"name": "b-1", "maxJobs": 3}, {"name": "b-2", "trouble": "banned"}]},
            {"name": "gamma", "signal": "webhook", "configured": true, "operations": ["prompt", "cover"],
             "formats": ["mp3", "wav", "stems"], "models": [], "fileHosts": [],
             "options": {"prompt": [{"name": "prompt"}, {"name": "instrumental"}], "cover": []},
             "sources": {"prompt": "none", "cover": "own-songs"}, "health": {"status": "well"}},
            {"name": "delta", "signal": "webhook", "configured": false, "operations": ["prompt"],
             "formats": ["mp3", "m4a", "stems"], "models": [], "fileHosts": [],
             "options": {"prompt": [{"name": "prompt"}]}, "sources": {"prompt": "none"}}]}
          """);

  private static List<ProviderView> providers(String json) {
    try {
      return ProviderView.all(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ProviderView provider(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> beside(Optional<String> named, String maker, String... arguments) {
    return StemFormats.of(
        ALL, Cli.request(arguments), named, Optional.of(maker).filter(text -> !text.isEmpty()));
  }

  @Test
  void shouldAskForTheAudioFormatsOfWhoeverGivesStemsAndCanDoTheRest() {
    assertThat(beside(Optional.empty(), "", "x")).containsExactly("mp3");
    assertThat(beside(Optional.empty(), "", "x", "--instrumental")).containsExactly("mp3", "wav");
    assertThat(beside(Optional.of("gamma"), "", "x")).containsExactly("mp3", "wav");
    assertThat(beside(Optional.empty(), "gamma", "--operation", "cover", "--source", "id"))
        .containsExactly("mp3", "wav");
    assertThat(beside(Optional.empty(), "alpha", "--operation", "cover", "--source", "id"))
        .containsExactly("mp3");
    assertThat(beside(Optional.empty(), "", "--sound", "x", "--sound-end", "1"))
        .containsExactly("mp3");
  }

  @Test
  void shouldLeaveItToTheApiToSayThatNobodyCan() {
    assertThat(beside(Optional.of("alpha"), "", "x")).isEmpty();
    assertThat(beside(Optional.of("delta"), "", "x")).isEmpty();
    assertThat(beside(Optional.empty(), "", "x", "--lyrics", "la")).isEmpty();
    assertThat(beside(Optional.empty(), "", "x", "--operation", "extend", "--source", "id"))
        .isEmpty();
  }

  @Test
  void shouldSayHowAProviderIs() {
    assertThat(provider("alpha").health()).isEqualTo("well, not account a-1");
    assertThat(provider("beta").health()).isEqualTo("trouble until 2026-11-21T02:25:14Z");
    assertThat(provider("gamma").health()).isEqualTo("well");
    assertThat(provider("delta").health()).isEqualTo("-");
    assertThat(provider("beta").credits()).isEqualTo("12");
    assertThat(provider("gamma").credits()).isEqualTo("-");
  }

  @Test
  void shouldShowAProviderInFull() {
    assertThat(String.join("\n", ProviderText.lines(provider("beta"))))
        .isEqualTo(
            """
            beta
              configured  yes
              health      trouble until 2026-11-21T02:25:14Z
                          beta cannot be reached
              tells by    webhook (it calls back)
              credits     12
              account     b-1, at most 3 jobs at a time
              account     b-2, in trouble: banned
              formats     mp3, stems
              models      V8, O2
              files from  cdn.example

            prompt
              OPTION  FIELD   TAKES
              PROMPT  prompt  1 to 500 characters

            compose, from any song or file (all are uploaded to it)
              OPTION                      FIELD         TAKES
              --sound                     sounds        one, required
              --instrumental              instrumental  yes or no
              --image                     image         a picture
              --sound-start, --sound-end  sounds.start  0 to 1
              --at                        at            0.5 to 90 seconds

            cover, from songs that it made\
            """);
    assertThat(ProviderText.lines(provider("alpha")))
        .contains(
            "  tells by    check (we ask it)",
            "              account a-1 until 2026-11-21T02:25:14Z: busy",
            "cover, from any song or file");
  }
}
