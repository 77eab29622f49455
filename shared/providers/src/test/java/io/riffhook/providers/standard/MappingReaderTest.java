package io.riffhook.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.providers.Seed;
import io.riffhook.providers.http.ProviderHttp.Credential;
import io.riffhook.providers.standard.StandardMapping.Asked;
import io.riffhook.providers.standard.StandardMapping.Call;
import io.riffhook.providers.standard.StandardMapping.Create;
import io.riffhook.providers.standard.StandardMapping.Field;
import io.riffhook.providers.standard.StandardMapping.JobFields;
import io.riffhook.providers.standard.StandardMapping.Measured;
import io.riffhook.providers.standard.StandardMapping.NumberForm;
import io.riffhook.providers.standard.StandardMapping.Read;
import io.riffhook.providers.standard.StandardMapping.SongFields;
import io.riffhook.providers.standard.StandardMapping.State;
import io.riffhook.providers.standard.StandardMapping.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a mapping, and what is refused. */
class MappingReaderTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The least that a mapping can be. */
  private static final String LEAST =
      Standards.json(
          """
          {'create':{'path':'/t','id':'/id'},
           'read':{'path':'/t/{id}'},
           'job':{'id':'/id','status':'/status','succeeded':['ok']},
           'songs':{'at':'/out','audio':{'mp3':''}},
           'operations':{'prompt':{'options':{'prompt':{'at':'/prompt'}}}}}
          """);

  @Test
  void shouldReadTheLeast() {
    assertThat(MappingReader.read(LEAST))
        .isEqualTo(
            new StandardMapping(
                Credential.BEARER,
                new Create(
                    new Call("POST", "/t"),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    at("/id")),
                new Read("/t/{id}", at("")),
                Optional.empty(),
                Optional.empty(),
                new JobFields(
                    at("/id"),
                    at("/status"),
                    Map.of("ok", State.SUCCEEDED),
                    Optional.empty(),
                    Optional.empty()),
                new SongFields(
                    at("/out"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(Format.MP3, at("")),
                    Optional.empty(),
                    Optional.empty()),
                Map.of(
                    Kind.PROMPT,
                    new Asked(
                        Map.of(),
                        Map.of(Option.PROMPT, field("/prompt", 1, 5_000, true)),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                Duration.ofSeconds(5),
                Set.of()));
  }

  @Test
  void shouldShowTheDefaultOnItsPage() throws Exception {
    JsonNode shown = MAPPER.readTree(Standards.examples().getFirst());
    assertThat(shown)
        .isEqualTo(MAPPER.readTree(Seed.read(StandardProvider.class, "default-mapping.json")));
  }

  @Test
  void shouldReadEveryExampleOfItsPage() {
    assertThat(Standards.examples()).hasSize(2);
    assertThat(Standards.examples())
        .allSatisfy(example -> assertThat(MappingReader.read(example).operations()).isNotEmpty());
  }

  @Test
  void shouldReadTheOtherExample() throws Exception {
    StandardMapping mapping = MappingReader.read(Standards.other());
    assertThat(mapping.auth()).isEqualTo(new Credential("x-api-key", ""));
    assertThat(mapping.create())
        .isEqualTo(
            new Create(
                new Call("PUT", "/v2/tracks/{reference}"),
                Map.of(
                    at("/output/quality"), MAPPER.readTree("\"high\""),
                    at("/output/formats"), MAPPER.readTree("[\"mp3\",\"wav\"]")),
                Optional.of(at("/engine")),
                Optional.of(at("/idempotency_key")),
                at("/track/id")));
    assertThat(mapping.read()).isEqualTo(new Read("/v2/tracks/{id}?fields=all", at("/track")));
    assertThat(mapping.cancel()).contains(new Call("DELETE", "/v2/tracks/{id}"));
    assertThat(mapping.webhook())
        .contains(
            new Webhook(
                at("/callback/url"),
                Map.of(
                    at("/callback/events"), MAPPER.readTree("[\"track.progress\",\"track.done\"]")),
                at("/data/track")));
    assertThat(mapping.job())
        .isEqualTo(
            new JobFields(
                at("/id"),
                at("/state"),
                Map.of(
                    "queued", State.RUNNING,
                    "rendering", State.RUNNING,
                    "done", State.SUCCEEDED,
                    "error", State.FAILED,
                    "expired", State.FAILED,
                    "blocked", State.MODERATED),
                Optional.of(at("/problem/detail")),
                Optional.of(new Measured(at("/progress"), 1))));
    assertThat(mapping.songs())
        .isEqualTo(
            new SongFields(
                at("/versions"),
                Optional.of(at("/id")),
                Optional.of(at("/meta/title")),
                Optional.of(at("/meta/style")),
                Optional.of(at("/meta/words")),
                Optional.of(new Measured(at("/length_ms"), 0.001)),
                Map.of(Format.MP3, at("/files/mp3"), Format.WAV, at("/files/wav")),
                Optional.of(at("/files/art")),
                Optional.of(at("/files/stems"))));
    assertThat(mapping.operations().keySet())
        .containsExactly(Kind.PROMPT, Kind.COMPOSE, Kind.COVER, Kind.EXTEND, Kind.REPLACE);
    assertThat(mapping.operations().get(Kind.COMPOSE))
        .isEqualTo(
            new Asked(
                Map.of(at("/task"), MAPPER.readTree("\"compose\"")),
                Map.of(
                    Option.PROMPT, field("/style", 3, 300, true),
                    Option.LYRICS, field("/words", 1, 3_000, false),
                    Option.LYRICS_PROMPT, field("/words_about", 1, 300, false),
                    Option.TITLE, field("/title", 1, 80, false),
                    Option.INSTRUMENTAL, field("/no_vocals", 0, 1, false),
                    Option.LYRICS_STRENGTH,
                        new Field(
                            at("/weights/words"),
                            new Range(0, 1),
                            false,
                            NumberForm.WHOLE,
                            Optional.of(new Range(0, 100))),
                    Option.WEIRDNESS,
                        new Field(
                            at("/weights/surprise"),
                            new Range(0, 1),
                            false,
                            NumberForm.NUMBER,
                            Optional.of(new Range(-1, 1))),
                    Option.SEED,
                        new Field(
                            at("/seed"),
                            new Range(0, 4_294_967_295L),
                            false,
                            NumberForm.TEXT,
                            Optional.empty())),
                Optional.empty(),
                Optional.empty()));
    assertThat(mapping.operations().get(Kind.EXTEND))
        .isEqualTo(
            new Asked(
                Map.of(at("/task"), MAPPER.readTree("\"extend\"")),
                Map.of(
                    Option.PROMPT, field("/style", 1, 5_000, false),
                    Option.AT, field("/from_second", 0, 3_600, true),
                    Option.SECONDS,
                        new Field(
                            at("/seconds"),
                            new Range(5, 120),
                            false,
                            NumberForm.WHOLE,
                            Optional.empty())),
                Optional.empty(),
                Optional.of(at("/version_id"))));
    assertThat(mapping.models()).containsExactly("aria-2", "aria-1");
    assertThat(mapping.pace()).isEqualTo(Duration.ofMillis(7_500));
    assertThat(mapping.fileHosts())
        .containsExactlyInAnyOrder("cdn.tracks.example", "stems.tracks.example");
  }

  /** Each is the least mapping with one thing put, or taken away where the value is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/create             |                  | /create is required",
        "/create             | 7                | /create must be an object",
        "/create             | []               | /create must be an object",
        "/create             | null             | /create must be an object",
        "/create/path        |                  | /create/path is required",
        "/create/path        | 7                | /create/path must be a text",
        "/create/path        | ''               | /create/path must be a text",
        "/create/path        | ' '              | /create/path must be a text",
        "/create/path        | 't'              | /create/path must be a path that begins with a"
            + " slash",
        "/create/path        | '/a#b'           | /create/path must be a path that begins with a"
            + " slash",
        "/create/path        | '/a#b'           | /create/path must be a path that begins with a"
            + " slash",
        "/create/path        | '/{id}'          | /create/path must be a path that begins with a"
            + " slash",
        "/create/method      | 'PATCH'          | /create/method is none of POST, PUT",
        "/create/method      | 'DELETE'         | /create/method is none of POST, PUT",
        "/create/method      | 'post'           | /create/method is none of POST, PUT",
        "/create/id          |                  | /create/id is required",
        "/create/id          | 'id'             | /create/id must be a JSON pointer, such as"
            + " /input/prompt",
        "/create/id          | null             | /create/id must be a JSON pointer, such as"
            + " /input/prompt",
        "/create/constants   | []               | /create/constants must be an object",
        "/create/constants   | {'a':1}          | /create/constants/a must be a JSON pointer, such"
            + " as /input/prompt",
        "/create/constants   | {'':1}           | /create/constants/ must point to a field, not to"
            + " the whole",
        "/create/reference   | ''               | /create/reference must point to a field, not to"
            + " the whole",
        "/create/url         | '/x'             | /create/url is not known; there is constants, id,"
            + " method, model, path, reference",
        "/create/model       | '/m'             | /models is required: models, and the place of"
            + " the model, go together",
        "/models             | ['a']            | /create/model is required: models, and the place"
            + " of the model, go together",
        "/models             | 'a'              | /models must be a list of texts",
        "/models             | ['a',7]          | /models/1 must be a text",
        "/read               |                  | /read is required",
        "/read/path          | '/t'             | /read/path must hold {id}",
        "/read/job           | 'job'            | /read/job must be a JSON pointer, such as"
            + " /input/prompt",
        "/read/method        | 'GET'            | /read/method is not known; there is job, path",
        "/cancel             | {}               | /cancel/path is required",
        "/cancel             | {'path':'/t'}    | /cancel/path must hold {id}",
        "/cancel             | {'path':'/{id}','method':'GET'} | /cancel/method is none of POST,"
            + " PUT, DELETE",
        "/cancel             | {'path':'/{id}','body':{}} | /cancel/body is not known; there is"
            + " method, path",
        "/webhook            | {}               | /webhook/url is required",
        "/webhook            | {'url':''}       | /webhook/url must point to a field, not to the"
            + " whole",
        "/webhook            | {'url':'/w','events':[]} | /webhook/events is not known; there is"
            + " constants, job, url",
        "/webhook            | {'url':'/prompt'} | /operations/prompt/options/prompt/at has the"
            + " place /prompt, which /webhook/url has",
        "/webhook            | {'url':'/prompt/w'} | /operations/prompt/options/prompt/at has the"
            + " place /prompt, which /webhook/url has",
        "/create/constants   | {'/prompt':1}    | /operations/prompt/options/prompt/at has the"
            + " place /prompt, which /create/constants has",
        "/create/reference   | '/prompt'        | /operations/prompt/options/prompt/at has the"
            + " place /prompt, which /create/reference has",
        "/webhook            | {'url':'/w','constants':{'/prompt/e':1}} |"
            + " /operations/prompt/options/prompt/at has the place /prompt, which"
            + " /webhook/constants has",
        "/operations/prompt/constants | {'/prompt':1} | /operations/prompt/options/prompt/at has"
            + " the place /prompt, which /operations/prompt/constants has",
        "/create/constants   | {'/a':1,'/a/b':1} | /create/constants has the place /a/b, which"
            + " /create/constants has",
        "/auth               | {}               | /auth/header is required",
        "/auth               | {'header':'x y'} | /auth/header is not a header that can hold a"
            + " token",
        "/auth               | {'header':'Host'} | /auth/header is not a header that can hold a"
            + " token",
        "/auth               | {'header':'X','scheme':'a b'} | /auth/scheme must be one word",
        "/auth               | {'header':'X','token':'t'} | /auth/token is not known; there is"
            + " header, scheme",
        "/job                |                  | /job is required",
        "/job/id             |                  | /job/id is required",
        "/job/status         |                  | /job/status is required",
        "/job/succeeded      |                  | /job/succeeded must hold at least one word",
        "/job/succeeded      | []               | /job/succeeded must hold at least one word",
        "/job/succeeded      | 'ok'             | /job/succeeded must be a list of texts",
        "/job/failed         | ['ok']           | /job/failed holds ok, which has a meaning"
            + " already",
        "/job/running        | ['a','a']        | /job/running holds a, which has a meaning"
            + " already",
        "/job/error          | 7                | /job/error must be a JSON pointer, such as"
            + " /input/prompt",
        "/job/progress       | {'of':1}         | /job/progress/at is required",
        "/job/progress       | {'at':'/p','of':0} | /job/progress/of must be a number above 0",
        "/job/progress       | {'at':'/p','of':'1'} | /job/progress/of must be a number above 0",
        "/job/progress       | {'at':'/p','max':1} | /job/progress/max is not known; there is at,"
            + " of",
        "/job/done           | ['x']            | /job/done is not known; there is error, failed,"
            + " id, moderated, progress, running, status, succeeded",
        "/songs              |                  | /songs is required",
        "/songs/at           |                  | /songs/at is required",
        "/songs/audio        |                  | /songs/audio is required",
        "/songs/audio        | {}               | /songs/audio must hold at least one of mp3, wav,"
            + " m4a",
        "/songs/audio/flac   | '/f'             | /songs/audio/flac is not known; there is m4a,"
            + " mp3, wav",
        "/songs/duration     | {'at':'/d','unit':'minutes'} | /songs/duration/unit is none of"
            + " seconds, milliseconds",
        "/songs/duration     | {'unit':'seconds'} | /songs/duration/at is required",
        "/songs/duration     | {'at':'/d','in':1} | /songs/duration/in is not known; there is at,"
            + " unit",
        "/songs/a~1b         | 1                | /songs/a~1b is not known; there is at, audio,"
            + " cover, duration, id, lyrics, sound, stems, title",
        "/operations         | {}               | /operations must hold at least one of prompt,"
            + " compose, cover, extend, replace, swap-sound, swap-vocals",
        "/operations/remix   | {}               | /operations/remix is not known; there is"
            + " compose, cover, extend, prompt, replace, swap-sound, swap-vocals",
        "/operations/prompt/options |           | /operations/prompt/options is required",
        "/operations/prompt/options | {}        | /operations/prompt/options/prompt is required",
        "/operations/prompt/source  | '/s'      | /operations/prompt/source is not known; there is"
            + " constants, options",
        "/operations/prompt/options/title | {'at':'/t'} | /operations/prompt/options/title is not"
            + " known; there is instrumental, prompt",
        "/operations/prompt/options/prompt/at | | /operations/prompt/options/prompt/at is required",
        "/operations/prompt/options/prompt/range | [1] | /operations/prompt/options/prompt/range"
            + " must be a list of two numbers, the lesser first",
        "/operations/prompt/options/prompt/range | [2,2] | /operations/prompt/options/prompt/range"
            + " must be a list of two numbers, the lesser first",
        "/operations/prompt/options/prompt/range | [1,2,3] |"
            + " /operations/prompt/options/prompt/range must be a list of two numbers, the lesser"
            + " first",
        "/operations/prompt/options/prompt/range | ['1',2] |"
            + " /operations/prompt/options/prompt/range must be a list of two numbers, the lesser"
            + " first",
        "/operations/prompt/options/prompt/range | [1,1e999] |"
            + " /operations/prompt/options/prompt/range must be a list of two numbers, the lesser"
            + " first",
        "/operations/prompt/options/prompt/range | [-1,2] |"
            + " /operations/prompt/options/prompt/range must not go below 0",
        "/operations/prompt/options/prompt/as | 'text' | /operations/prompt/options/prompt/as is"
            + " not known; there is at, range, required",
        "/operations/prompt/options/prompt/required | 1 |"
            + " /operations/prompt/options/prompt/required must be true or false",
        "/operations/prompt/options/instrumental | {'at':'/i','range':[0,1]} |"
            + " /operations/prompt/options/instrumental/range is not known; there is at, required",
        "/operations/compose | {'options':{'prompt':{'at':'/p'},'seed':{'at':'/s','as':'hex'}}} |"
            + " /operations/compose/options/seed/as is none of number, whole, text",
        "/operations/compose | {'options':{'prompt':{'at':'/p'},'seed':{'at':'/s','scale':[0,1]}}}"
            + " | /operations/compose/options/seed/scale is not known; there is as, at, range,"
            + " required",
        "/operations/compose |"
            + " {'options':{'prompt':{'at':'/p'},'weirdness':{'at':'/w','range':[0,2]}}} |"
            + " /operations/compose/options/weirdness/range must lie within 0 and 1: scale says"
            + " what they are there",
        "/operations/compose |"
            + " {'options':{'prompt':{'at':'/p'},'weirdness':{'at':'/w','range':[-0.5,1]}}} |"
            + " /operations/compose/options/weirdness/range must lie within 0 and 1: scale says"
            + " what they are there",
        "/operations/cover   | {'options':{}}   | /operations/cover/source is required, or"
            + " sourceSong: it starts from audio",
        "/operations/cover   | {'options':{},'sourceSong':'/s'} | /songs/id is required:"
            + " /operations/cover/sourceSong is such an id",
        "/operations/cover   | {'options':{'at':{'at':'/a'}},'source':'/s'} |"
            + " /operations/cover/options/at is not known; there is coverStrength, lyrics,"
            + " lyricsStrength, prompt, promptStrength, seed, title, variation, weirdness",
        "/operations/cover   | {'options':{'prompt':{'at':'/s'}},'source':'/s'} |"
            + " /operations/cover/source has the place /s, which"
            + " /operations/cover/options/prompt/at has",
        "/operations/replace | {'options':{},'source':'/s'} | /operations/replace/options/start is"
            + " required",
        "/paceSeconds        | 0                | /paceSeconds must be a number above 0",
        "/paceSeconds        | '5'              | /paceSeconds must be a number above 0",
        "/paceSeconds        | 1e999            | /paceSeconds must be a number above 0",
        "/fileHosts          | ['https://a.example'] | /fileHosts holds https://a.example, which is"
            + " no host's name",
        "/fileHosts          | ['A.example']    | /fileHosts holds A.example, which is no host's"
            + " name",
        "/formats            | ['mp3']          | /formats is not known; there is auth, cancel,"
            + " create, fileHosts, job, models, operations, paceSeconds, read, songs, webhook"
      })
  void shouldRefuseWhatIsWrong(String place, String value, String error) throws Exception {
    ObjectNode document = (ObjectNode) MAPPER.readTree(LEAST);
    JsonPointer pointer = at(place);
    ObjectNode parent = (ObjectNode) document.at(pointer.head());
    if (value == null) {
      parent.remove(pointer.last().getMatchingProperty());
    } else {
      parent.set(pointer.last().getMatchingProperty(), MAPPER.readTree(Standards.json(value)));
    }
    assertThatThrownBy(() -> MappingReader.read(document.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("STANDARD_MAPPING at " + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "\"a\""})
  void shouldRefuseWhatIsNoObject(String json) {
    assertThatThrownBy(() -> MappingReader.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("STANDARD_MAPPING must be an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}}", "{'a':1}", "{\"auth\":{},\"auth\":{}}", "{} {}"})
  void shouldRefuseWhatIsNotJson(String json) {
    assertThatThrownBy(() -> MappingReader.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("STANDARD_MAPPING is not JSON: ");
  }

  @Test
  void shouldRefuseAModelOrASongAtATakenPlace() throws Exception {
    ObjectNode document = (ObjectNode) MAPPER.readTree(LEAST);
    ((ObjectNode) document.get("create")).put("model", "/prompt");
    document.set("models", MAPPER.readTree("[\"m\"]"));
    assertThatThrownBy(() -> MappingReader.read(document.toString()))
        .hasMessage(
            "STANDARD_MAPPING at /operations/prompt/options/prompt/at has the place /prompt, which"
                + " /create/model has");
    ((ObjectNode) document.get("create")).put("model", "/model");
    ((ObjectNode) document.get("songs")).put("id", "/id");
    ((ObjectNode) document.get("operations"))
        .set("cover", MAPPER.readTree("{\"options\":{},\"sourceSong\":\"/model/song\"}"));
    assertThatThrownBy(() -> MappingReader.read(document.toString()))
        .hasMessage(
            "STANDARD_MAPPING at /operations/cover/sourceSong has the place /model/song, which"
                + " /create/model has");
  }

  /** A source by link and one by id may share a place, for a request holds one of them. */
  @Test
  void shouldTakeTwoSourcesAtOnePlace() throws Exception {
    ObjectNode document = (ObjectNode) MAPPER.readTree(LEAST);
    ((ObjectNode) document.get("songs")).put("id", "/id");
    ((ObjectNode) document.get("operations"))
        .set(
            "cover",
            MAPPER.readTree("{\"options\":{},\"source\":\"/from\",\"sourceSong\":\"/from\"}"));
    assertThat(MappingReader.read(document.toString()).operations())
        .containsEntry(
            Kind.COVER,
            new Asked(Map.of(), Map.of(), Optional.of(at("/from")), Optional.of(at("/from"))));
  }

  /** Names that begin alike are not inside one another. */
  @Test
  void shouldTellPlacesApart() throws Exception {
    ObjectNode document = (ObjectNode) MAPPER.readTree(LEAST);
    ((ObjectNode) document.get("create"))
        .set("constants", MAPPER.readTree("{\"/prompts\":1,\"/promp\":2,\"/a~1b\":null}"));
    assertThat(MappingReader.read(document.toString()).create().constants()).hasSize(3);
  }

  /** Whatever the text is, it is read or refused. */
  @Test
  void shouldReadOrRefuseAnyText() {
    Random random = new Random(5);
    String whole = Standards.other();
    for (int i = 0; i < 5_000; i++) {
      StringBuilder damaged = new StringBuilder(whole);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged.setCharAt(random.nextInt(whole.length()), (char) (32 + random.nextInt(95)));
      }
      try {
        assertThat(MappingReader.read(damaged.toString())).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("STANDARD_MAPPING ");
      }
    }
  }

  private static JsonPointer at(String pointer) {
    return JsonPointer.compile(pointer);
  }

  private static Field field(String pointer, double min, double max, boolean required) {
    return new Field(
        at(pointer), new Range(min, max), required, NumberForm.NUMBER, Optional.empty());
  }
}
