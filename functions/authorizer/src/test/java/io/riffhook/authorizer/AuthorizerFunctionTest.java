package io.riffhook.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

/** The function as it is wired, in an AWS where nobody answers. */
final class AuthorizerFunctionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_ACCESS_KEY_ID", "test",
          "AWS_SECRET_ACCESS_KEY", "test",
          "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
          "RIFFHOOK_TABLE", "table",
          "RIFFHOOK_JWT_ISSUER", "https://issuer.invalid",
          "RIFFHOOK_JWT_AUDIENCE", "riffhook");

  private static String answer(RequestStreamHandler handler, String authorization)
      throws IOException {
    String event =
        "{\"version\": \"2.0\", \"type\": \"REQUEST\", \"routeKey\": \"GET /v1/jobs\","
            + " \"identitySource\": [\"%s\"]}".formatted(authorization);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context());
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) ->
                method.getReturnType() == int.class ? Integer.valueOf(1_000) : method.getName());
  }

  @Test
  void shouldSayNoInTheGatewaysWords() throws Exception {
    assertThat(answer(new AuthorizerFunction(ENVIRONMENT), "Bearer rk_mistyped"))
        .isEqualTo("{\"isAuthorized\":false}");
  }

  @Test
  void shouldFailRatherThanDecideWhereTheTableIsOut() {
    String wellFormed = "Bearer rk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADST_7P";
    assertThatExceptionOfType(SdkException.class)
        .isThrownBy(() -> answer(new AuthorizerFunction(ENVIRONMENT), wellFormed));
  }

  @Test
  void shouldDecideAboutKeysWithoutTheClassesForTokens() throws Exception {
    ClassLoader without =
        new Without(
            List.of(
                "com.nimbusds.",
                "software.amazon.awssdk.services.sqs.",
                "software.amazon.awssdk.services.s3.",
                "software.amazon.awssdk.services.secretsmanager.",
                "software.amazon.awssdk.services.ssm.",
                "software.amazon.lambda.powertools.parameters."));
    RequestStreamHandler handler =
        without
            .loadClass(AuthorizerFunction.class.getName())
            .asSubclass(RequestStreamHandler.class)
            .getConstructor(Map.class)
            .newInstance(ENVIRONMENT);

    assertThat(answer(handler, "Bearer rk_mistyped")).isEqualTo("{\"isAuthorized\":false}");
    assertThatExceptionOfType(NoClassDefFoundError.class)
        .as("a token needs what this test takes away")
        .isThrownBy(() -> answer(handler, "Bearer a.b.c"));
  }

  /** Loads our own classes anew, and nothing that is hidden. */
  private static final class Without extends ClassLoader {
    private final List<String> hidden;

    private Without(List<String> hidden) {
      super(AuthorizerFunctionTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (hidden.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.riffhook.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
