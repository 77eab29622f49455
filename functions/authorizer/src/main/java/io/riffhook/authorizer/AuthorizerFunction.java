package io.riffhook.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.riffhook.aws.AwsClients;
import io.riffhook.aws.DynamoDbKeyStore;
import io.riffhook.aws.EnvironmentSettings;
import io.riffhook.domain.AuthenticateKey;
import io.riffhook.domain.Settings;
import io.riffhook.lambda.Authorization;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;

/** The authorizer of every route that has no {@code Auth} of its own in the template. */
public final class AuthorizerFunction implements RequestStreamHandler {
  private final Authorizer authorizer;

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
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Authorization.run(in, out, context, authorizer::decide);
  }
}
