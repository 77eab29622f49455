package io.riffhook.bench.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of the benchmark's servers, made for one run.
 *
 * @param keys the key and its certificate, for the servers
 * @param trusted the certificate, for Java
 * @param pem the certificate, for all others
 */
record Certificate(Path keys, Path trusted, Path pem) {
  /** Of files that are deleted after the run. */
  static final String PASSWORD = "benchmark";

  /** The provider's name; it means some public address, see {@code LoopbackFiles}. */
  static final String PROVIDER = "files.provider.test";

  static Certificate make(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=DNS:localhost,DNS:" + PROVIDER + ",IP:127.0.0.1",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool ended with " + keytool.exitValue());
    }
    java.security.cert.Certificate certificate =
        KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()).getCertificate("server");
    Path pem = folder.resolve("certificate.pem");
    Files.writeString(
        pem,
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate.getEncoded())));
    // Not PKCS12: to open that costs thousands of hashes, which the JDK's own trust store does not.
    KeyStore trust = KeyStore.getInstance("JKS");
    trust.load(null, null);
    trust.setCertificateEntry("server", certificate);
    Path trusted = folder.resolve("trusted.jks");
    try (var out = Files.newOutputStream(trusted)) {
      trust.store(out, PASSWORD.toCharArray());
    }
    return new Certificate(keys, trusted, pem);
  }

  /** For a client in this process. */
  SSLContext context() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KeyStore.getInstance(trusted.toFile(), PASSWORD.toCharArray()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
