package io.riffhook.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.EventType;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Format;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobRequest;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Option;
import io.riffhook.domain.Owner;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Source;
import io.riffhook.domain.UploadId;
import io.riffhook.domain.Webhook;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the body of a submission. What is wrong with it is told all at once. */
public final class SubmitBody {
  private static final int MAX_PROMPT = 5_000;
  private static final int MAX_LYRICS = 10_000;
  private static final int MAX_TITLE = 200;
  private static final int MAX_REFERENCE = 256;
  private static final int MAX_NAME = 64;
  private static final int MAX_URL = 2_048;
  private static final int MAX_SOUNDS = 3;

  private SubmitBody() {}

  /** What a body came to. */
  public sealed interface Result {
    /**
     * A request that breaks no rule; owner and id are there for messages, where they are fields.
     */
    record Good(JobRequest request, Optional<Owner> owner, Optional<JobId> id) implements Result {}

    /**
     * Not one JSON object in whole characters.
     *
     * @param errors the texts that lost characters
     */
    record Malformed(String detail, List<FieldError> errors) implements Result {}

    /** Some fields break a rule. */
    record Bad(List<FieldError> errors) implements Result {}
  }

  /** The body of an HTTP call; who calls is known. */
  public static Result ofCall(byte[] body) {
    return read(body, false);
  }

  /** A message, which says whose job it is, and may say its id. */
  public static Result ofMessage(byte[] body) {
    return read(body, true);
  }

  private static Result read(byte[] body, boolean message) {
    try {
      return read(Json.body(body), message);
    } catch (Json.UnreadableException e) {
      return new Result.Malformed(e.sentence(), e.errors());
    }
  }

  /** As {@link #ofCall(byte[])}, of a body within another document. */
  static Result ofCall(JsonNode body) {
    return read(body, false);
  }

  private static Result read(JsonNode object, boolean message) {
    if (!object.isObject()) {
      return new Result.Malformed("It must be a JSON object.", List.of());
    }
    List<FieldError> errors = FieldReader.noErrors();
    FieldReader reader = new FieldReader(object, "", errors);
    Optional<Owner> owner = message ? owner(reader) : Optional.empty();
    Optional<JobId> id = message ? id(reader) : Optional.empty();
    Optional<Operation> operation = operation(reader);
    JobRequest request =
        new JobRequest(
            operation.orElse(new Operation.Prompt("", false)),
            reader.line("provider", MAX_NAME),
            reader.line("model", MAX_NAME),
            formats(reader),
            reader.line("reference", MAX_REFERENCE),
            webhook(reader),
            Optional.empty());
    // Which fields there are depends on the operation.
    operation.ifPresent(
        known -> reader.nothingElse("is not a field of the operation " + known.kind().value()));
    return errors.isEmpty() ? new Result.Good(request, owner, id) : new Result.Bad(errors);
  }

  /**
   * Where the job's caller wants to be told. Whether the address may be called is looked at when it
   * is: a name means what it means then.
   */
  private static Optional<Webhook> webhook(FieldReader reader) {
    Optional<String> url = reader.line("webhookUrl", MAX_URL);
    Set<EventType> types =
        reader.field("webhookEvents").isPresent()
            ? EventTypes.read(reader, "webhookEvents")
            : EventType.DEFAULT;
    if (url.isEmpty()) {
      if (reader.field("webhookEvents").isPresent()) {
        reader.wrong("webhookEvents", "needs a webhookUrl");
      }
      return Optional.empty();
    }
    return Urls.read(reader, "webhookUrl", url.get()).map(read -> new Webhook(read, types));
  }

  private static Optional<Owner> owner(FieldReader reader) {
    String name = reader.required("owner", MAX_NAME);
    if (name.isEmpty() || Owner.isValid(name)) {
      return name.isEmpty() ? Optional.empty() : Optional.of(new Owner(name));
    }
    return reader.wrong("owner", "must be " + Owner.RULE);
  }

  private static Optional<JobId> id(FieldReader reader) {
    Optional<String> id = reader.line("id", MAX_NAME);
    if (id.isPresent() && !JobId.isValid(id.get())) {
      return reader.wrong("id", "must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }
    return id.map(JobId::new);
  }

  private static Optional<Operation> operation(FieldReader reader) {
    String name = reader.line("operation", MAX_NAME).orElse(Operation.Kind.PROMPT.value());
    Optional<Operation.Kind> kind = Operation.Kind.of(name);
    if (kind.isEmpty()) {
      return reader.wrong("operation", "must be one of " + Operation.Kind.words());
    }
    return switch (kind.get()) {
      case PROMPT ->
          Optional.of(
              new Operation.Prompt(
                  reader.required("prompt", MAX_PROMPT), reader.flag("instrumental")));
      case COMPOSE -> Optional.of(compose(reader));
      case COVER -> transform(reader, new Operation.Edit.Cover(), Option.COVER_STRENGTH);
      case EXTEND ->
          transform(
              reader, new Operation.Edit.Extend(reader.seconds("at"), reader.seconds("seconds")));
      case REPLACE -> replace(reader);
      case SWAP_SOUND -> transform(reader, new Operation.Edit.SwapSound());
      case SWAP_VOCALS -> transform(reader, new Operation.Edit.SwapVocals());
    };
  }

  private static Optional<Operation> replace(FieldReader reader) {
    OptionalDouble start = reader.seconds("start");
    OptionalDouble end = reader.seconds("end");
    if (reader.field("start").isEmpty()) {
      reader.wrong("start", "is required");
    } else if (end.isPresent() && end.getAsDouble() <= start.orElse(-1)) {
      reader.wrong("end", "must be greater than start");
    }
    return transform(reader, new Operation.Edit.Replace(start.orElse(0), end));
  }

  /**
   * @param also which of the controls that belong to some edits only belongs to this one
   */
  private static Optional<Operation> transform(
      FieldReader reader, Operation.Edit edit, Option... also) {
    Optional<Source> source = source(reader);
    if (source.isEmpty() && reader.field("source").isEmpty()) {
      reader.wrong("source", "is required: {\"songId\": …} or {\"uploadId\": …}");
    }
    Operation.Transform transform =
        new Operation.Transform(
            source.orElse(new Source.OfUpload(new UploadId("none"))),
            edit,
            reader.text("prompt", MAX_PROMPT),
            reader.line("title", MAX_TITLE),
            reader.text("lyrics", MAX_LYRICS),
            new Operation.Controls(
                reader.share("lyricsStrength"),
                reader.share("promptStrength"),
                List.of(also).contains(Option.COVER_STRENGTH)
                    ? reader.share("coverStrength")
                    : OptionalDouble.empty(),
                reader.share("weirdness"),
                reader.share("variation"),
                reader.whole("seed")));
    return Optional.of(transform);
  }

  private static Optional<Source> source(FieldReader reader) {
    Optional<JsonNode> object = reader.field("source");
    if (object.isEmpty()) {
      return Optional.empty();
    }
    if (!object.get().isObject() || object.get().size() != 1) {
      return reader.wrong("source", "must be {\"songId\": …} or {\"uploadId\": …}");
    }
    FieldReader below = reader.below(object.get(), "/source");
    Optional<String> song = below.line("songId", 2 * MAX_NAME);
    Optional<String> upload = below.line("uploadId", MAX_NAME);
    below.nothingElse("is not a field of a source");
    if (song.isPresent()) {
      Optional<SongId> id = SongId.parse(song.get());
      return id.isPresent()
          ? Optional.of(new Source.OfSong(id.get()))
          : below.wrong("songId", "is not a song's id");
    }
    return upload.isPresent() && !UploadId.isValid(upload.get())
        ? below.wrong("uploadId", "is not an upload's id")
        : upload.map(id -> new Source.OfUpload(new UploadId(id)));
  }

  private static Operation compose(FieldReader reader) {
    return new Operation.Compose(
        reader.line("title", MAX_TITLE),
        lyrics(reader),
        sounds(reader),
        new Operation.Controls(
            reader.share("lyricsStrength"),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            reader.share("weirdness"),
            OptionalDouble.empty(),
            reader.whole("seed")),
        source(reader),
        image(reader));
  }

  private static Optional<Operation.Lyrics> lyrics(FieldReader reader) {
    Optional<String> text = reader.text("lyrics", MAX_LYRICS);
    Optional<String> prompt = reader.text("lyricsPrompt", MAX_PROMPT);
    if (text.isPresent() && prompt.isPresent()) {
      return reader.wrong("lyricsPrompt", "cannot stand beside lyrics");
    }
    return text.<Operation.Lyrics>map(Operation.Lyrics.Written::new)
        .or(() -> prompt.map(Operation.Lyrics.Asked::new));
  }

  private static Optional<UploadId> image(FieldReader reader) {
    Optional<String> id = reader.line("image", MAX_NAME);
    return id.isPresent() && !UploadId.isValid(id.get())
        ? reader.wrong("image", "is not an upload's id")
        : id.map(UploadId::new);
  }

  private static List<Operation.Sound> sounds(FieldReader reader) {
    Optional<JsonNode> list = reader.field("sounds");
    if (list.isEmpty() || !list.get().isArray() || list.get().isEmpty()) {
      reader.wrong("sounds", "is required: a list of one to three sound prompts");
      return List.of();
    }
    if (list.get().size() > MAX_SOUNDS) {
      reader.wrong("sounds", "must have at most " + MAX_SOUNDS + " items");
      return List.of();
    }
    List<Operation.Sound> sounds = new ArrayList<>();
    for (int i = 0; i < list.get().size(); i++) {
      sounds.add(sound(reader.below(list.get().get(i), "/sounds/" + i)));
    }
    return sounds;
  }

  private static Operation.Sound sound(FieldReader reader) {
    Operation.Sound sound =
        new Operation.Sound(
            reader.required("prompt", MAX_PROMPT),
            reader.share("strength"),
            reader.share("start"),
            reader.share("end"));
    if (sound.start().orElse(0) >= sound.end().orElse(1)) {
      reader.wrong("end", "must be greater than start");
    }
    reader.nothingElse("is not a field of a sound prompt");
    return sound;
  }

  private static Set<Format> formats(FieldReader reader) {
    EnumSet<Format> formats = EnumSet.noneOf(Format.class);
    Optional<JsonNode> list = reader.field("formats");
    if (list.isPresent() && (!list.get().isArray() || list.get().isEmpty())) {
      reader.wrong("formats", "must be a list of " + Format.words());
    }
    for (int i = 0; i < list.map(JsonNode::size).orElse(0); i++) {
      Optional<Format> format = Format.of(list.get().path(i).asText(""));
      if (format.isEmpty()) {
        reader.wrongAt("/formats/" + i, "must be one of " + Format.words());
      }
      format.ifPresent(formats::add);
    }
    return formats;
  }
}
