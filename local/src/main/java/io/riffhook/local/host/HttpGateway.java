package io.riffhook.local.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.template.Authorizer;
import io.riffhook.local.template.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests as an HTTP API of API Gateway does, with its limits and its own error messages.
 */
final class HttpGateway extends Handler.Abstract {
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private final RouteTable routes;
  private final Map<Authorizer, GatewayAuthorizer> authorizers;
  private final GatewayCors cors;
  private final Duration patience;

  /**
   * @param authorizers those of all routes
   * @param cors which web pages may call
   * @param patience how long a function may take; API Gateway's limit is 30 s
   */
  HttpGateway(
      RouteTable routes,
      Map<Authorizer, GatewayAuthorizer> authorizers,
      GatewayCors cors,
      Duration patience) {
    this.routes = routes;
    this.authorizers = Map.copyOf(authorizers);
    this.cors = cors;
    this.patience = patience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<HttpResult> preflight = cors.preflight(request);
    HttpResult result = preflight.isPresent() ? preflight.get() : answer(request);
    response.setStatus(result.status());
    cors.headers(request, result.headers())
        .forEach((name, value) -> response.getHeaders().put(name, value));
    result
        .cookies()
        .forEach(cookie -> response.getHeaders().add(new HttpField("set-cookie", cookie)));
    response.getHeaders().put("apigw-requestid", UUID.randomUUID().toString());
    response.write(true, ByteBuffer.wrap(result.body()), callback);
    return true;
  }

  private HttpResult answer(Request request) throws IOException, InterruptedException {
    Optional<RouteTable.Match> match =
        routes.find(request.getMethod(), request.getHttpURI().getPath());
    if (match.isEmpty()) {
      return HttpResult.message(404, "Not Found");
    }
    byte[] body;
    try (InputStream content = Content.Source.asInputStream(request)) {
      body = content.readNBytes(LARGEST_BODY + 1);
    }
    if (body.length > LARGEST_BODY) {
      return HttpResult.message(413, "Request Entity Too Large");
    }
    ObjectNode event;
    try {
      event = HttpEvent.of(request, body, match.get(), Instant.now());
    } catch (IllegalArgumentException e) {
      return HttpResult.message(400, "Bad Request");
    }
    Optional<HttpResult> refusal = authorize(request, match.get().route(), event);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    byte[] payload = event.toString().getBytes(StandardCharsets.UTF_8);
    return await(match.get().function().invoke(payload));
  }

  /** Writes into the event who calls, or gives the answer that ends the call. */
  private Optional<HttpResult> authorize(Request request, Route route, ObjectNode event)
      throws InterruptedException {
    Optional<GatewayAuthorizer> authorizer =
        route.authorizer().flatMap(each -> Optional.ofNullable(authorizers.get(each)));
    if (authorizer.isEmpty()) {
      return Optional.empty();
    }
    return switch (authorizer.get().decide(event, Origin.isHere(request))) {
      case GatewayAuthorizer.Decision.Allowed(ObjectNode caller) -> {
        event.withObject("/requestContext/authorizer").set("lambda", caller);
        yield Optional.empty();
      }
      case GatewayAuthorizer.Decision.Nameless() -> Optional.empty();
      case GatewayAuthorizer.Decision.Refused(HttpResult answer) -> Optional.of(answer);
    };
  }

  private HttpResult await(CompletableFuture<Outcome> invocation) throws InterruptedException {
    try {
      return switch (invocation.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        case Outcome.Answered(byte[] payload) -> HttpResult.of(payload);
        case Outcome.Failed failed -> HttpResult.message(500, "Internal Server Error");
        case Outcome.TimedOut timedOut -> HttpResult.message(500, "Internal Server Error");
      };
    } catch (TimeoutException e) {
      // The function goes on, as it would on Lambda; only its caller no longer waits.
      return HttpResult.message(503, "Service Unavailable");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an invocation's future never fails", e);
    }
  }
}
