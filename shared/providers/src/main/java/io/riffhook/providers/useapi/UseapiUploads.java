package io.riffhook.providers.useapi;

import static io.riffhook.providers.useapi.UseapiProvider.NAME;
import static io.riffhook.providers.useapi.UseapiProvider.TOKEN;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Reason;
import io.riffhook.domain.Reasons;
import io.riffhook.domain.Registration;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapi.UseapiAccounts.Answered;
import io.riffhook.providers.useapinet.Accounts;
import io.riffhook.providers.useapinet.Answers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files given to useapi: audio to build on, which is transcribed before it can be used, and
 * pictures, which can be used at once. The answers about audio changed between the pages of
 * 2025-02-17 ({@code job_id}) and 2025-02-25 ({@code id}, made of {@code audio_upload_id} and the
 * transcription's); both are read.
 *
 * <p>Where several accounts are configured a file is one account's, so its id here may end in
 * {@code @} and that account.
 */
final class UseapiUploads {
  /** "Keep it below 50 MB", says the page. */
  static final long MAX_BYTES = 50_000_000;

  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  private final UseapiAccounts accounts;

  UseapiUploads(UseapiAccounts accounts) {
    this.accounts = accounts;
  }

  /** A file's id, and the account that has it where that is known. */
  record Id(String value, Optional<String> account) {
    static Id parse(String text) {
      int at = text.lastIndexOf('@');
      return at < 0
          ? new Id(text, Optional.empty())
          : new Id(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    private String text() {
      return account.map(name -> value + "@" + name).orElse(value);
    }
  }

  Registration register(SourceFile file) {
    return switch (file.type()) {
      case JPEG, PNG, WEBP, GIF -> {
        Answered answered = accounts.post("/music/upload-image/", file, UPLOAD_TIMEOUT);
        yield of(answered.reply(), body -> picture(body, answered.account()));
      }
      case MP3, WAV, M4A -> {
        if (file.bytes() >= MAX_BYTES) {
          yield never("a file must be smaller than 50 MB");
        }
        String path = "/music/upload-audio/?file_name=" + UseapiAccounts.encoded(file.name());
        Answered answered = accounts.post(path, file, UPLOAD_TIMEOUT);
        yield of(answered.reply(), body -> audio(body, answered.account()));
      }
      case FLAC, OGG -> never("it takes audio as m4a, mp3 or wav");
    };
  }

  Registration registered(String text) {
    Id id = Id.parse(text);
    Answered answered =
        accounts.get(
            "/music/upload-audio/?id=" + UseapiAccounts.encoded(id.value()),
            id.account(),
            READ_TIMEOUT);
    return of(answered.reply(), body -> transcribed(body, id, answered.account()));
  }

  private static Registration picture(JsonNode body, Optional<String> account) {
    return ProviderJson.text(body, "image_id")
        .<Registration>map(id -> new Registration.Usable(new Id(id, account).text()))
        .orElseGet(() -> notNow("its answer names no image"));
  }

  private static Registration audio(JsonNode body, Optional<String> account) {
    return ProviderJson.text(body, "id")
        .or(() -> ProviderJson.text(body, "audio_upload_id"))
        .or(() -> ProviderJson.text(body, "job_id"))
        .<Registration>map(id -> new Registration.NotYet(new Id(id, account).text()))
        .orElseGet(() -> notNow("its answer names no upload"));
  }

  private static Registration transcribed(JsonNode body, Id asked, Optional<String> account) {
    return switch (body.path("status").asText("")) {
      case "" -> notNow("its answer has no status");
      case "pending" -> new Registration.NotYet(new Id(asked.value(), account).text());
      case "failed", "error" -> never("it could not use the file");
      default -> {
        // The part before the colon is the upload's own id; older uploads have but one.
        String own =
            ProviderJson.text(body, "audio_upload_id").orElse(asked.value().split(":", 2)[0]);
        yield new Registration.Usable(new Id(own, account).text());
      }
    };
  }

  private Registration of(Reply reply, Function<JsonNode, Registration> taken) {
    return switch (reply) {
      case Reply.Answer answer -> of(answer, taken);
      case Reply.NotSent unsent -> notNow(unsent.why());
      case Reply.NoAnswer silent -> notNow(silent.why());
    };
  }

  private Registration of(Reply.Answer answer, Function<JsonNode, Registration> taken) {
    String said = Answers.said(answer);
    if (answer.body().path("is_flagged").asBoolean() && answer.status() < 500) {
      return new Registration.Never(
          Reasons.moderated(
              NAME, ProviderJson.text(answer.body(), "reason").orElse("the file is flagged")));
    }
    return switch (answer.status()) {
      case 200, 201 -> taken.apply(answer.body());
      case 401 -> new Registration.NotNow(Reasons.unauthorized(NAME, TOKEN));
      case 404, 410 -> new Registration.Never(Reasons.retired(NAME, said));
      case 429 -> new Registration.NotNow(Reasons.busy(NAME, said));
      case UseapiAnswers.PENDING_ERROR -> {
        String names = Accounts.words(accounts.inTrouble(), TOKEN);
        Reason trouble = Reasons.accountNeedsAttention(NAME, names, said);
        yield new Registration.NotNow(trouble);
      }
      default -> answer.status() >= 500 ? notNow(said) : never(said);
    };
  }

  private static Registration notNow(String why) {
    return new Registration.NotNow(Reasons.unavailable(NAME, why));
  }

  private static Registration never(String why) {
    return new Registration.Never(Reasons.refused(NAME, why));
  }
}
