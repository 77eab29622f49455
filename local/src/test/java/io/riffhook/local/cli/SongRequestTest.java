package io.riffhook.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SongRequestTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  /** As read from its text, since numbers of another sort are never equal to Jackson. */
  private static JsonNode body(SongRequest request) throws Exception {
    ObjectNode source = JsonNodeFactory.instance.objectNode().put("songId", "j-1");
    return JSON.readTree(
        request
            .body(request.source().map(_ -> source), request.image().map(_ -> "u-1"))
            .toString());
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void shouldSayWhatTheUserSaidAndNothingElse(String expected, String[] arguments)
      throws Exception {
    assertThat(body(Cli.request(arguments))).isEqualTo(json(expected));
  }

  private static Arguments says(String expected, String... arguments) {
    return Arguments.of(expected, arguments);
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        says("{'operation': 'prompt', 'prompt': 'rainy lo-fi'}", "rainy lo-fi"),
        says("{'operation': 'prompt', 'prompt': ' ', 'instrumental': true}", " ", "--instrumental"),
        says(
            "{'operation': 'compose', 'sounds': [{'prompt': 'ska'}], 'lyrics': 'la'}",
            "ska",
            "--lyrics",
            "la"),
        says(
            "{'operation': 'compose', 'sounds': [{'prompt': 'ska'}], 'lyricsPrompt': 'the sea'}",
            "ska",
            "--lyrics-prompt",
            "the sea"),
        says(
            "{'operation': 'compose', 'sounds': [{'prompt': 'ska'}], 'image': 'u-1'}",
            "ska",
            "--image",
            "some-id",
            "--instrumental"),
        says(
            "{'operation': 'compose', 'title': 'Tide', 'lyricsStrength': 0.25, 'weirdness': 0,"
                + " 'seed': 7, 'source': {'songId': 'j-1'}, 'sounds': [{'prompt': 'keys'},"
                + " {'prompt': 'band', 'strength': 0.7, 'start': 0, 'end': 0.5},"
                + " {'prompt': 'strings', 'start': 0.5}]}",
            "keys",
            "--operation",
            "compose",
            "--title",
            "Tide",
            "--lyrics-strength",
            "0.25",
            "--weirdness",
            "0",
            "--seed",
            "7",
            "--source",
            "some-id",
            "--sound",
            "band",
            "--sound-strength",
            "0.7",
            "--sound-start",
            "0",
            "--sound-end",
            "0.5",
            "--sound",
            "strings",
            "--sound-start",
            "0.5"),
        says("{'operation': 'compose', 'sounds': [{'prompt': 'drums'}]}", "--sound", "drums"),
        says(
            "{'operation': 'cover', 'prompt': 'as a waltz', 'source': {'songId': 'j-1'},"
                + " 'lyrics': 'la', 'promptStrength': 0.1, 'coverStrength': 0.2, 'variation': 1}",
            "as a waltz",
            "--operation",
            "COVER",
            "--source",
            "some-id",
            "--lyrics",
            "la",
            "--prompt-strength",
            "0.1",
            "--cover-strength",
            "0.2",
            "--variation",
            "1"),
        says(
            "{'operation': 'extend', 'source': {'songId': 'j-1'}, 'at': 61.5, 'seconds': 30}",
            "--operation",
            "extend",
            "--source",
            "some-id",
            "--at",
            "61.5",
            "--seconds",
            "30"),
        says(
            "{'operation': 'replace', 'source': {'songId': 'j-1'}, 'start': 10, 'end': 20}",
            "--operation",
            "replace",
            "--source",
            "some-id",
            "--start",
            "10",
            "--end",
            "20"),
        says(
            "{'operation': 'swap-vocals', 'source': {'songId': 'j-1'}}",
            "--operation",
            "swap-vocals",
            "--source",
            "some-id"),
        // What is out of range goes to the API, which says who takes what.
        says(
            "{'operation': 'swap-sound', 'source': {'songId': 'j-1'}, 'weirdness': 9.5}",
            "--operation",
            "swap-sound",
            "--source",
            "some-id",
            "--weirdness",
            "9.5"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void shouldSayWhatDoesNotGoTogether(String message, String[] arguments) {
    assertThatThrownBy(() -> Cli.request(arguments)).hasMessageContaining(message);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        says("the PROMPT is missing"),
        says("--at does not go with prompt, but with extend", "x", "--at", "5"),
        says("--title does not go with prompt, but with compose, cover,", "x", "--title", "T"),
        says("Say --operation compose or cover or extend", "x", "--source", "id"),
        says("Say --operation", "x", "--source", "id", "--lyrics", "la"),
        says("extend needs a --source", "x", "--operation", "extend"),
        says("replace needs a --start", "--operation", "replace", "--source", "id"),
        says("a compose needs a PROMPT or a --sound", "--lyrics", "la"),
        says("--instrumental does not go with lyrics", "x", "--instrumental", "--lyrics", "la"),
        says(
            "--instrumental does not go with cover",
            "--operation",
            "cover",
            "--source",
            "id",
            "--instrumental"),
        says(
            "--cover-strength does not go with extend, but with cover",
            "--operation",
            "extend",
            "--source",
            "id",
            "--cover-strength",
            "1"),
        says(
            "--lyrics-prompt does not go with swap-sound",
            "--operation",
            "swap-sound",
            "--source",
            "id",
            "--lyrics-prompt",
            "sea"),
        says("there is no file 'nowhere.txt'", "x", "--lyrics-file", "nowhere.txt"));
  }

  @Test
  void shouldReadLyricsFromAFile(@TempDir Path folder) throws Exception {
    Path words = folder.resolve("words.txt");
    Files.writeString(words, "\uFEFF[Verse]\n종이배\n\n");
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "fünf".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(body(Cli.request("ska", "--lyrics-file", words.toString())).path("lyrics").asText())
        .isEqualTo("[Verse]\n종이배");
    assertThatThrownBy(() -> Cli.request("ska", "--lyrics-file", latin.toString()))
        .hasMessageContaining("latin.txt is not valid UTF-8: byte 0xFC at position 2");
    assertThatThrownBy(() -> Cli.request("ska", "--lyrics-file", folder.toString()))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void shouldNameWhatAProviderMustTake() {
    assertThat(Cli.request("ska", "--lyrics", "la", "--sound", "dub", "--sound-end", "1").said())
        .containsExactlyInAnyOrder(SongOption.LYRICS, SongOption.SOUND, SongOption.SOUND_END);
    assertThat(Cli.request("--sound", "dub").said())
        .containsExactlyInAnyOrder(SongOption.SOUND, SongOption.INSTRUMENTAL);
    assertThat(Cli.request("x", "--operation", "cover", "--source", "id").said())
        .containsExactlyInAnyOrder(SongOption.PROMPT, SongOption.SOURCE);
    assertThat(Cli.request("x").body(Optional.empty(), Optional.empty()).has("instrumental"))
        .isFalse();
  }
}
