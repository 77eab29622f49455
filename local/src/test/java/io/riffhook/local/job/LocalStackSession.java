package io.riffhook.local.job;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * In the profile {@code localstack}, starts LocalStack before the first test, and has the tests use
 * it in place of the embedded services. Without the profile it does nothing.
 */
public final class LocalStackSession implements LauncherSessionListener {
  /** The last image that runs without a token; later ones exit with status 55. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private @Nullable LocalStackContainer container;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (Boolean.getBoolean("riffhook.localstack")) {
      LocalStackContainer started =
          new LocalStackContainer(IMAGE).withServices("dynamodb", "s3", "sqs");
      started.start();
      container = started;
      System.setProperty("riffhook.aws.endpoint", started.getEndpoint().toString());
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    LocalStackContainer started = container;
    if (started != null) {
      started.stop();
    }
  }
}
