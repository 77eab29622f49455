package io.riffhook.bench.stream;

import io.riffhook.bench.Cores;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;

/** The process of {@link StreamServers}, seen from here. */
final class Servers implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Certificate certificate;

  private Servers(Process process, int port, Certificate certificate) {
    this.process = process;
    this.port = port;
    this.certificate = certificate;
  }

  /**
   * Starts them.
   *
   * @param delay how long each answer to a put is held back
   */
  static Servers start(Certificate certificate, Duration delay) throws IOException {
    Process process =
        new ProcessBuilder(
                Cores.command(
                    Cores.others(),
                    List.of(
                        Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        StreamServers.class.getName(),
                        certificate.keys().toString(),
                        Certificate.PASSWORD,
                        Long.toString(delay.toMillis()))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
    String port = out.readLine();
    if (port == null) {
      throw new IOException("the servers did not start");
    }
    return new Servers(process, Integer.parseInt(port), certificate);
  }

  int port() {
    return port;
  }

  /** What S3 took since the last time. */
  Counted counted() throws Exception {
    HttpsURLConnection connection =
        (HttpsURLConnection)
            URI.create("https://localhost:" + port + "/counted").toURL().openConnection();
    connection.setSSLSocketFactory(certificate.context().getSocketFactory());
    try (var in = connection.getInputStream()) {
      String[] words = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ", -1);
      return new Counted(Long.parseLong(words[0]), Integer.parseInt(words[1]));
    } finally {
      connection.disconnect();
    }
  }

  /** Bytes, and objects that were put whole or completed. */
  record Counted(long bytes, int objects) {}

  @Override
  public void close() throws IOException {
    process.outputWriter(StandardCharsets.US_ASCII).close(); // they end with their input
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
