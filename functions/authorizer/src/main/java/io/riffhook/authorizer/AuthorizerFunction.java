package io.riffhook.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.aws.RehearsalServices;
import io.riffhook.domain.ApiKeySecret;
import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.AuthenticateKey;
import io.riffhook.domain.KeyStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Settings;
import io.riffhook.lambda.Authorization;
import io.riffhook.lambda.Rehearsal;
import io.riffhook.lambda.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The authorizer of every route that has no {@code Auth} of its own in the template. */
public final class AuthorizerFunction implements RequestStreamHandler {
  private final Authorizer authorizer;

  @SuppressWarnings({"unused", "UnusedVariable"}) // kept for as long as this is: nobody else does
  private final Optional<Snapshot> snapshot;

  /** As Lambda builds it. */
  public AuthorizerFunction() {
    this(System.getenv());
  }

  /** With settings of one's own, by the names of the environment variables. */
  public AuthorizerFunction(Map<String, String> environment) {
    Settings settings = new EnvironmentSettings(environment);
    AuthenticateKey keys =
        new AuthenticateKey(
            new DynamoDbKeyStore(
                new AwsClients(environment).dynamoDb(), settings.requireFixed("RIFFHOOK_TABLE")),
            InstantSource.system());
    this.authorizer =
        new Authorizer(keys, new LazyTokens(() -> Issuer.of(settings), InstantSource.system()));
    // It sends nothing, so of the SDK it needs no more than what its own call loads.
    this.snapshot = Snapshot.prepare(environment, () -> rehearse(environment));
  }

  /** Looks for a key that nobody has, and then for one that services know which only answer. */
  private void rehearse(Map<String, String> environment) throws Exception {
    ApiKeySecret unknown = ApiKeySecret.generate(new SecureRandom());
    try (RehearsalServices services = RehearsalServices.start()) {
      Map<String, String> rehearsed = services.environment(environment);
      AuthorizerFunction understudy = new AuthorizerFunction(rehearsed);
      ApiKeySecret known = key(rehearsed);
      Rehearsal.inTurn(() -> call(this, unknown), () -> call(understudy, known));
    }
  }

  private static void call(AuthorizerFunction function, ApiKeySecret key) throws IOException {
    Rehearsal.authorization(function, "Bearer " + key.reveal());
  }

  private static ApiKeySecret key(Map<String, String> environment) {
    KeyStore keys =
        new DynamoDbKeyStore(
            new AwsClients(environment).dynamoDb(),
            new EnvironmentSettings(environment).requireFixed("RIFFHOOK_TABLE"));
    return new ApiKeys(keys, new SecureRandom(), InstantSource.system())
        .create(new Owner(Rehearsal.NOBODY), Optional.empty(), Optional.empty())
        .secret();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Authorization.run(in, out, context, authorizer::decide);
  }
}
