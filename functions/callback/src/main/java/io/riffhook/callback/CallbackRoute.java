package io.riffhook.callback;

import io.riffhook.domain.Callback;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.Inbound;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Providers;
import io.riffhook.domain.ReceiveCallback;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.Problem;
import io.riffhook.lambda.Telemetry;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a callback. A wrong token, an unknown provider and an unknown job all get the one answer,
 * before anything is read or looked up, so that nobody learns which of them it was; whatever a
 * valid token brings gets a 204, so that the provider need not come again. A valid token of a job
 * that is not there can only be ours of a job that was deleted: a 204 as well, and nothing is
 * written.
 */
final class CallbackRoute {
  private static final int MAX_BODY = 1024 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(CallbackRoute.class);

  private final Supplier<CallbackTokens> tokens;
  private final Providers providers;
  private final ReceiveCallback receive;

  CallbackRoute(Supplier<CallbackTokens> tokens, Providers providers, ReceiveCallback receive) {
    this.tokens = tokens;
    this.providers = providers;
    this.receive = receive;
  }

  HttpResponse answer(HttpRequest request) {
    String job = request.variable("jobId");
    String name = request.variable("provider");
    // All three are looked at, whichever of them is wrong: the time taken must not tell, either.
    OptionalInt attempt = tokens.get().verify(name, job, request.variable("token"));
    Optional<Provider> provider = providers.find(name);
    boolean id = JobId.isValid(job);
    if (attempt.isEmpty() || provider.isEmpty() || !id) {
      LOG.warn("callback with an invalid token");
      Telemetry.count("CallbackRefused");
      return Problem.notFound();
    }
    Telemetry.about(job);
    if (request.body().length > MAX_BODY) {
      LOG.warn("callback with a body of {} bytes", request.body().length);
      return Problem.tooLarge(MAX_BODY);
    }
    Callback callback =
        provider.get().parseCallback(new Inbound(request.headers(), request.body(), Instant.now()));
    if (callback instanceof Callback.Forged forged) {
      LOG.warn("callback without the provider's signature: {}", forged.why());
      Telemetry.count("CallbackRefused");
      return Problem.notFound();
    }
    receive.receive(new JobId(job), attempt.getAsInt(), callback);
    return HttpResponse.empty(204);
  }
}
