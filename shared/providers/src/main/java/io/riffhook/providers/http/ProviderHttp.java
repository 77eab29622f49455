package io.riffhook.providers.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Speaks HTTP with one provider: JSON calls with its token, and downloads. Redirects of calls are
 * never followed; those of downloads only to hosts that the endpoint names, and without the token.
 * Safe for use by several threads.
 */
public final class ProviderHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);
  private static final long MAX_ANSWER_BYTES = 16L * 1024 * 1024;
  private static final int MAX_REDIRECTS = 3;

  private final Endpoint endpoint;
  private final Token token;
  private final Credential credential;
  private final HttpClient client;

  /**
   * @param token read for each call, and once more where it is refused and was rotated
   */
  public ProviderHttp(Endpoint endpoint, Token token) {
    this(endpoint, token, Credential.BEARER);
  }

  /**
   * @param token read for each call, and once more where it is refused and was rotated
   * @param credential where in a call the token stands
   */
  public ProviderHttp(Endpoint endpoint, Token token, Credential credential) {
    this.endpoint = endpoint;
    this.token = token;
    this.credential = credential;
    this.client =
        HttpClient.newBuilder()
            // One connection a request at a time: HTTP/2's upgrade dance gains nothing here.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
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
    return call(() -> request(endpoint.api(path)).GET().build(), timeout);
  }

  /** Posts a JSON document to the API, in a time as with {@link #get}. */
  public Reply post(String path, JsonNode document, Duration timeout) {
    return send("POST", path, document, timeout);
  }

  /** Sends a JSON document to the API by some method, in a time as with {@link #get}. */
  public Reply send(String method, String path, JsonNode document, Duration timeout) {
    return call(
        () ->
            request(endpoint.api(path))
                .header("Content-Type", "application/json")
                .method(
                    method,
                    HttpRequest.BodyPublishers.ofString(
                        document.toString(), StandardCharsets.UTF_8))
                .build(),
        timeout);
  }

  /** Deletes at the API, in a time as with {@link #get}. */
  public Reply delete(String path, Duration timeout) {
    return call(() -> request(endpoint.api(path)).DELETE().build(), timeout);
  }

  /**
   * Posts a file to the API as it is, streamed, in a time as with {@link #get}.
   *
   * @param contentType its media type
   */
  public Reply post(String path, Provider.SourceFile file, String contentType, Duration timeout) {
    return call(
        () ->
            request(endpoint.api(path))
                .header("Content-Type", contentType)
                .POST(
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(() -> opened(file)), file.bytes()))
                .build(),
        timeout);
  }

  private static InputStream opened(Provider.SourceFile file) {
    try {
      return file.content().open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply call(Supplier<HttpRequest> request, Duration timeout) {
    try {
      HttpRequest first = request.get();
      Reply reply = call(first, timeout);
      return isRefused(reply) && token.isReplaced(tokenIn(first))
          ? call(request.get(), timeout)
          : reply;
    } catch (Settings.MissingSettingException e) {
      // Its owner can put it right; until then the job waits, and says for what.
      return new Reply.NotSent(describe(e));
    }
  }

  /** Whether the token is what was wrong: then nothing was done, and nothing bought. */
  private static boolean isRefused(Reply reply) {
    return reply instanceof Reply.Answer answer && answer.status() == 401;
  }

  private String tokenIn(HttpRequest request) {
    return request
        .headers()
        .firstValue(credential.header())
        .orElse("")
        .substring(credential.prefix().length());
  }

  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Accept", "application/json")
        .header(credential.header(), credential.prefix() + token());
  }

  /** The token. The client's own complaint about an odd one would hold all of it. */
  private String token() {
    String value = token.value();
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "the provider's token holds a character that no header takes");
    }
    return value;
  }

  private Reply call(HttpRequest request, Duration timeout) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Answer(
          response.statusCode(), json(response.body()), RetryAfter.of(response.headers()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reply.NoAnswer("no answer in " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Reply.NoAnswer("interrupted");
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    }
  }

  private static Reply failed(Throwable cause) {
    boolean unsent =
        cause instanceof ConnectException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof UnresolvedAddressException;
    return unsent ? new Reply.NotSent(describe(cause)) : new Reply.NoAnswer(describe(cause));
  }

  static String describe(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static JsonNode json(byte[] body) {
    try {
      return ProviderJson.read(body);
    } catch (JsonProcessingException e) {
      // A gateway's HTML page, most likely. The status still says what happened.
      return MissingNode.getInstance();
    }
  }

  /** Opens a download of the API, with the token. */
  public Opened openApi(String path) {
    try {
      return open(request(endpoint.api(path)).setHeader("Accept", "*/*"), endpoint.api(path), 0);
    } catch (Settings.MissingSettingException e) {
      return new Opened.NotNow(describe(e));
    }
  }

  /** Opens a link, without the token. */
  public Opened openLink(URI uri) {
    // Asked before a request is built: the client throws for schemes that it does not speak.
    return endpoint.allows(uri) ? open(HttpRequest.newBuilder(uri), uri, 0) : foreign(uri);
  }

  /** Names the host, which is no secret, and nothing else of the link, which may be one. */
  private static Opened foreign(URI uri) {
    return new Opened.Gone(
        "its link leads to "
            + uri.getScheme()
            + "://"
            + uri.getHost()
            + ", which is not the provider's (RIFFHOOK_FILE_HOSTS adds hosts)");
  }

  private Opened open(HttpRequest.Builder request, URI uri, int redirects) {
    if (!endpoint.allows(uri)) {
      return foreign(uri);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.timeout(HEADERS_TIMEOUT).GET().build(), BodyHandlers.ofInputStream());
      return switch (response.statusCode()) {
        case 200 ->
            new Opened.Body(
                new StallGuard(response.body(), STALL_TIMEOUT),
                response.headers().firstValueAsLong("Content-Length"));
        case 301, 302, 303, 307, 308 -> redirected(response, uri, redirects);
        case 403, 404, 410 -> closing(response, new Opened.Gone("HTTP " + response.statusCode()));
        default -> closing(response, new Opened.NotNow("HTTP " + response.statusCode()));
      };
    } catch (IOException e) {
      return new Opened.NotNow(describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Opened.NotNow("interrupted");
    }
  }

  private Opened redirected(HttpResponse<InputStream> response, URI from, int redirects)
      throws IOException {
    response.body().close();
    Optional<String> location = response.headers().firstValue("Location");
    if (location.isEmpty() || redirects == MAX_REDIRECTS) {
      return new Opened.NotNow("HTTP " + response.statusCode() + " leads nowhere");
    }
    try {
      URI to = from.resolve(location.get());
      return open(HttpRequest.newBuilder(to), to, redirects + 1);
    } catch (IllegalArgumentException e) {
      return new Opened.Gone("its redirect is not a URL");
    }
  }

  private static Opened closing(HttpResponse<InputStream> response, Opened result)
      throws IOException {
    response.body().close();
    return result;
  }
}
