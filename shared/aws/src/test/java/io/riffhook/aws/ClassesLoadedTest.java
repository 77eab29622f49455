package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a function can do whose zip has no S3 client, and when none of the parameter clients load.
 */
final class ClassesLoadedTest {
  private static final String SQS = "software.amazon.awssdk.services.sqs.SqsClient";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_ACCESS_KEY_ID", "test",
          "AWS_SECRET_ACCESS_KEY", "test",
          "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
          "PLAIN", "value");

  private final ClassLoader without =
      new Without(
          List.of(
              "software.amazon.awssdk.services.s3.",
              "software.amazon.awssdk.services.secretsmanager.",
              "software.amazon.awssdk.services.ssm.",
              "software.amazon.lambda."));

  @Test
  void shouldMakeStoresAndQueuesWithoutTheClassesOfS3() throws Throwable {
    Object clients = make("AwsClients", Map.class, ENVIRONMENT);
    Class<?> client = without.loadClass("software.amazon.awssdk.services.dynamodb.DynamoDbClient");
    Object dynamoDb = call(clients, "dynamoDb", client);
    assertThat(call(clients, "sqs", without.loadClass(SQS))).isNotNull();
    for (String store : List.of("DynamoDbJobStore", "DynamoDbSongStore")) {
      assertThat(load(store).getConstructor(client, String.class).newInstance(dynamoDb, "table"))
          .isNotNull();
    }
    assertThat(load("SqsQueues").getMethods()).isNotEmpty();
    assertThat(load("Messages").getMethods()).isNotEmpty();
  }

  @Test
  void shouldReadPlainVariablesWithoutTheClassesOfThoseThatAreNot() throws Exception {
    Object settings = make("EnvironmentSettings", Map.class, ENVIRONMENT);
    assertThat(settings.getClass().getMethod("find", String.class).invoke(settings, "PLAIN"))
        .hasToString("Optional[value]");
  }

  @Test
  void shouldLackTheClassesThatThisTestTakesAway() {
    assertThatThrownBy(() -> load("S3AssetStore").getConstructors())
        .isInstanceOf(NoClassDefFoundError.class);
    assertThatThrownBy(() -> load("SecretValues").getDeclaredConstructors())
        .isInstanceOf(NoClassDefFoundError.class);
  }

  private Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName("io.riffhook.aws." + name, true, without);
  }

  private Object make(String name, Class<?> parameter, Object argument)
      throws ReflectiveOperationException {
    return load(name).getConstructor(parameter).newInstance(argument);
  }

  /** By a handle: reflection would load the types of all methods, which no ordinary call does. */
  private Object call(Object target, String method, Class<?> result) throws Throwable {
    return MethodHandles.publicLookup()
        .findVirtual(target.getClass(), method, MethodType.methodType(result))
        .invoke(target);
  }

  /** Loads our own classes anew, and nothing that is hidden. */
  private static final class Without extends ClassLoader {
    private final List<String> hidden;

    private Without(List<String> hidden) {
      super(ClassesLoadedTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (hidden.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.riffhook.aws.")) {
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
