package io.riffhook.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.domain.ApiKeySecret;
import io.riffhook.domain.AuthenticateKey;
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
                new AwsClients(environment).dynamoDb(), settings.require("RIFFHOOK_TABLE")),
            InstantSource.system());
    this.authorizer =
        new Authorizer(keys, new LazyTokens(() -> Issuer.of(settings), InstantSource.system()));
    // It sends nothing, so of the SDK it needs no more than what its own call loads.
    this.snapshot = Snapshot.prepare(environment, this::rehearse);
  }

  /** Looks for a key that nobody has. */
  private void rehearse() throws IOException {
    Rehearsal.authorization(this, "Bearer " + ApiKeySecret.generate(new SecureRandom()).reveal());
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Authorization.run(in, out, context, authorizer::decide);
  }
}
