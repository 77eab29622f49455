package io.riffhook.providers.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Settings;
import io.riffhook.domain.WebUrl;
import io.riffhook.providers.http.Outgoing.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Speaks HTTP with one provider: JSON calls with its token, and downloads. A call is sent once, or
 * not at all; only one whose token was refused is sent again, with a newer one. Redirects of calls
 * are never followed; those of downloads only to hosts that the endpoint names, and without the
 * token. Safe for use by several threads.
 */
public final class ProviderHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

  private final Supplier<Endpoint> endpoint;
  private final Token token;
  private final Credential credential;
  private final Connector connector;
  private final Downloads downloads;

  /**
   * @param token read for each call, and once more where it is refused and was rotated
   */
  public ProviderHttp(Endpoint endpoint, Token token) {
    this(() -> endpoint, token);
  }

  /**
   * @param endpoint read for each call, because its settings may have to be fetched and may change
   * @param token read for each call, and once more where it is refused and was rotated
   */
  public ProviderHttp(Supplier<Endpoint> endpoint, Token token) {
    this(endpoint, token, Credential.BEARER);
  }

  /**
   * @param endpoint read for each call, because its settings may have to be fetched and may change
   * @param token read for each call, and once more where it is refused and was rotated
   * @param credential where in a call the token stands
   */
  public ProviderHttp(Supplier<Endpoint> endpoint, Token token, Credential credential) {
    this(endpoint, token, credential, new Connector(CONNECT_TIMEOUT), Download.Limits.DEFAULT);
  }

  ProviderHttp(
      Endpoint endpoint,
      Token token,
      Credential credential,
      Connector connector,
      Download.Limits limits) {
    this(() -> endpoint, token, credential, connector, limits);
  }

  private ProviderHttp(
      Supplier<Endpoint> endpoint,
      Token token,
      Credential credential,
      Connector connector,
      Download.Limits limits) {
    this.endpoint = endpoint;
    this.token = token;
    this.credential = credential;
    this.connector = connector;
    this.downloads = new Downloads(connector, new LinkRules(endpoint), limits);
  }

  /**
   * Where in a call the token stands.
   *
   * @param header the header's name
   * @param prefix what stands before the token in its value
   */
  public record Credential(String header, String prefix) {
    /** As most APIs have it (RFC 6750). */
    public static final Credential BEARER = new Credential("Authorization", "Bearer ");
  }

  /** Reads from the API, in a time that covers everything from connecting to the last byte. */
  public Reply get(String path, Duration timeout) {
    return call("GET", path, Optional.empty(), timeout);
  }

  /** Posts a JSON document to the API, in a time as with {@link #get}. */
  public Reply post(String path, JsonNode document, Duration timeout) {
    return send("POST", path, document, timeout);
  }

  /** Sends a JSON document to the API by some method, in a time as with {@link #get}. */
  public Reply send(String method, String path, JsonNode document, Duration timeout) {
    byte[] bytes = ProviderJson.written(document).getBytes(StandardCharsets.UTF_8);
    Payload payload =
        new Payload("application/json", bytes.length, () -> new ByteArrayInputStream(bytes));
    return call(method, path, Optional.of(payload), timeout);
  }

  /** Deletes at the API, in a time as with {@link #get}. */
  public Reply delete(String path, Duration timeout) {
    return call("DELETE", path, Optional.empty(), timeout);
  }

  /**
   * Posts a file to the API as it is, streamed, in a time as with {@link #get}.
   *
   * @param contentType its media type
   */
  public Reply post(String path, Provider.SourceFile file, String contentType, Duration timeout) {
    Payload payload = new Payload(contentType, file.bytes(), file.content());
    return call("POST", path, Optional.of(payload), timeout);
  }

  private Reply call(String method, String path, Optional<Payload> payload, Duration timeout) {
    try {
      String sent = token();
      Reply reply = call(method, path, payload, timeout, sent);
      return isRefused(reply) && token.isReplaced(sent)
          ? call(method, path, payload, timeout, token())
          : reply;
    } catch (Settings.UnusableSettingException e) {
      // Its owner can put it right; until then the job waits, and says for what.
      return new Reply.NotSent(Exchange.describe(e));
    }
  }

  /** Whether the token is what was wrong: then nothing was done, and nothing bought. */
  private static boolean isRefused(Reply reply) {
    return reply instanceof Reply.Answer answer && answer.status() == 401;
  }

  private Reply call(
      String method, String path, Optional<Payload> payload, Duration timeout, String with) {
    Outgoing request =
        new Outgoing(method, endpoint.get().api(path), headers("application/json", with), payload);
    return switch (Exchange.of(connector, request, timeout, ProviderHttp::answer)) {
      case Outcome.Answered<Reply> answered -> answered.value();
      case Outcome.Forbidden<Reply> forbidden -> new Reply.NotSent("its host " + forbidden.why());
      case Outcome.Unsent<Reply> unsent -> new Reply.NotSent(unsent.why());
      case Outcome.Silent<Reply> silent -> new Reply.NoAnswer(silent.why());
    };
  }

  private Map<String, String> headers(String accept, String with) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Accept", accept);
    headers.put(credential.header(), credential.prefix() + with);
    return headers;
  }

  /** The token. A complaint about an odd one by whoever sends it could hold all of it. */
  private String token() {
    String value = token.value();
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new Settings.UnusableSettingException(
          "the provider's token holds a character that no header takes");
    }
    return value;
  }

  private static Reply answer(Incoming incoming) throws IOException {
    try (incoming) {
      byte[] body = incoming.body().readNBytes(MAX_ANSWER_BYTES + 1);
      if (body.length > MAX_ANSWER_BYTES) {
        throw new IOException("its answer is longer than " + MAX_ANSWER_BYTES + " bytes");
      }
      if (body.length == 0 && incoming.endsWithItsConnection() && incoming.status() < 300) {
        // Perhaps even its head was cut: nothing says that this is all of it.
        throw new IOException("its answer is cut short");
      }
      return new Reply.Answer(incoming.status(), json(body), RetryAfter.of(incoming));
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return ProviderJson.read(body);
    } catch (JsonProcessingException e) {
      // A gateway's HTML page, most likely. The status still says what happened.
      return MissingNode.getInstance();
    }
  }

  /** Opens a download of the API, with the token. It may cost something: it is asked for once. */
  public Opened openApi(String path) {
    try {
      return downloads.open(
          endpoint.get().api(path), headers("*/*", token()), Downloads.Repeat.COSTLY);
    } catch (Settings.UnusableSettingException e) {
      return new Opened.NotNow(Exchange.describe(e));
    }
  }

  /** Opens a link, without the token. */
  public Opened openLink(URI uri) {
    try {
      return downloads.open(uri, Map.of(), Downloads.Repeat.FREE);
    } catch (Settings.UnusableSettingException e) {
      return new Opened.NotNow(Exchange.describe(e));
    }
  }

  /** Only hosts that the endpoint names. */
  private record LinkRules(Supplier<Endpoint> endpoint) implements Downloads.Rules {
    /** Names the host, which is no secret, and nothing else of the link, which may be one. */
    @Override
    public Optional<Opened> refusal(URI uri) {
      if (endpoint.get().allows(uri)) {
        return Optional.empty();
      }
      return Optional.of(
          new Opened.Gone(
              WebUrl.read(uri) instanceof WebUrl.Reading.Read(WebUrl url)
                  ? "its link leads to "
                      + url.scheme()
                      + "://"
                      + url.host()
                      + ", which is not the provider's (RIFFHOOK_FILE_HOSTS adds hosts)"
                  : "its link is not an http or https URL"));
    }

    @Override
    public Opened unwelcome(int status, Optional<Duration> retryAfter) {
      return switch (status) {
        case 403, 404, 410 -> new Opened.Gone("HTTP " + status);
        default -> new Opened.NotNow("HTTP " + status, retryAfter);
      };
    }

    @Override
    public Opened astray(int status) {
      return new Opened.NotNow("HTTP " + status + " leads nowhere");
    }
  }
}
