package io.riffhook.providers.standard;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.providers.http.ProviderHttp.Credential;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an API's fields stand, and what it can do; docs/standard-provider.md describes each.
 *
 * @param cancel the call that stops a job
 * @param webhook where a request says where to call back
 * @param operations what it can be asked for
 */
record StandardMapping(
    Credential auth,
    Create create,
    Read read,
    Optional<Call> cancel,
    Optional<Webhook> webhook,
    JobFields job,
    SongFields songs,
    Map<Kind, Asked> operations,
    List<String> models,
    Duration pace,
    Set<String> fileHosts) {
  StandardMapping {
    operations = Collections.unmodifiableMap(new EnumMap<>(operations));
    models = List.copyOf(models);
    fileHosts = Set.copyOf(fileHosts);
  }

  /**
   * A call that does something.
   *
   * @param path may hold a variable in braces
   */
  record Call(String method, String path) {}

  /**
   * The call that makes a job.
   *
   * @param constants what every request holds, by place
   * @param model where the model stands
   * @param reference where our id of the job stands
   * @param id where the answer has the provider's id of the job
   */
  record Create(
      Call call,
      Map<JsonPointer, JsonNode> constants,
      Optional<JsonPointer> model,
      Optional<JsonPointer> reference,
      JsonPointer id) {
    Create {
      constants = inOrder(constants);
    }
  }

  /**
   * The call that reads a job.
   *
   * @param job where in the answer the job stands
   */
  record Read(String path, JsonPointer job) {}

  /**
   * How to be called back.
   *
   * @param url where a request says where
   * @param constants what else such a request holds, such as for which events
   * @param job where in a callback's body the job stands
   */
  record Webhook(JsonPointer url, Map<JsonPointer, JsonNode> constants, JsonPointer job) {
    Webhook {
      constants = inOrder(constants);
    }
  }

  /**
   * The fields of a job.
   *
   * @param words what each word in its status means
   * @param progress how far it is
   */
  record JobFields(
      JsonPointer id,
      JsonPointer status,
      Map<String, State> words,
      Optional<JsonPointer> error,
      Optional<Measured> progress) {
    JobFields {
      words = Map.copyOf(words);
    }
  }

  /** What the status of a job can mean. */
  enum State {
    RUNNING,
    SUCCEEDED,
    FAILED,
    MODERATED
  }

  /**
   * A number and its unit.
   *
   * @param unit of a length, how many seconds it counts; of a progress, how much is all
   */
  record Measured(JsonPointer at, double unit) {}

  /**
   * The fields of a song.
   *
   * @param at where in a job its songs stand: one, or a list; as objects, or as bare links
   * @param audio where its links stand
   * @param stems where its stems stand: an object of links by name, or a link to an archive
   */
  record SongFields(
      JsonPointer at,
      Optional<JsonPointer> id,
      Optional<JsonPointer> title,
      Optional<JsonPointer> sound,
      Optional<JsonPointer> lyrics,
      Optional<Measured> duration,
      Map<Format, JsonPointer> audio,
      Optional<JsonPointer> cover,
      Optional<JsonPointer> stems) {
    SongFields {
      audio = Collections.unmodifiableMap(new LinkedHashMap<>(audio));
    }
  }

  /**
   * What a request for an operation holds.
   *
   * @param source where the link to the audio stands that it starts from
   * @param sourceSong where the provider's id of the song stands that it starts from
   */
  record Asked(
      Map<JsonPointer, JsonNode> constants,
      Map<Option, Field> options,
      Optional<JsonPointer> source,
      Optional<JsonPointer> sourceSong) {
    Asked {
      constants = inOrder(constants);
      EnumMap<Option, Field> ordered = new EnumMap<>(Option.class);
      ordered.putAll(options);
      options = Collections.unmodifiableMap(ordered);
    }
  }

  /**
   * Where an option stands.
   *
   * @param range what is accepted of it, on our scale
   * @param scale what 0 and 1 of ours are there
   */
  record Field(
      JsonPointer at, Range range, boolean required, NumberForm as, Optional<Range> scale) {}

  /** How a number is written. */
  enum NumberForm {
    NUMBER,
    WHOLE,
    TEXT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static String words() {
      return Arrays.stream(values()).map(NumberForm::word).collect(joining(", "));
    }
  }

  private static Map<JsonPointer, JsonNode> inOrder(Map<JsonPointer, JsonNode> constants) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(constants));
  }
}
