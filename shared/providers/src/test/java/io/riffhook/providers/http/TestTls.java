package io.riffhook.providers.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that the JDK's own tool makes for two names, and both sides of TLS with it. */
final class TestTls {
  /** Resolves to an address that is public; tests lead it to a server of their own. */
  static final String HOST = "1-1-1-1.files.riffhook.test";

  /** Resolves to that the first time, and to loopback from then on. */
  static final String MOVING = "1-1-1-1.then.127-0-0-1.cut.riffhook.test";

  private static final String PASSWORD = "changeit";

  private final SSLContext context;

  private TestTls(SSLContext context) {
    this.context = context;
  }

  /** Made once, and trusted by nobody but its own client side. */
  static TestTls get() {
    return Made.ONCE;
  }

  private static final class Made {
    private static final TestTls ONCE = make();

    private static TestTls make() {
      try {
        return TestTls.make();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static TestTls make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("riffhook-tls");
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=riffhook.test",
                "-ext",
                "san=dns:" + HOST + ",dns:" + MOVING,
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
      own.init(keys, PASSWORD.toCharArray());
      TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
      trusted.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return new TestTls(context);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  ServerSocketFactory server() {
    return context.getServerSocketFactory();
  }

  SSLSocketFactory client() {
    return context.getSocketFactory();
  }
}
