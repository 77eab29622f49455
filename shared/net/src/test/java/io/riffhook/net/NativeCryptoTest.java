package io.riffhook.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That it works is seen in {@code LambdaRuntimeIT}, with the jars of the package. */
class NativeCryptoTest {
  private static final String MACHINE = "Linux-amd64";

  private final Provider[] before = Security.getProviders();

  private final Path folder;

  NativeCryptoTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void shouldHaveLeftTheJdksProvidersAsTheyWere() {
    assertThat(Security.getProviders()).isEqualTo(before);
  }

  @Test
  void shouldSayThatItIsNotThereOutsideOfAPackage() {
    assertThat(NativeCrypto.install())
        .isInstanceOfSatisfying(
            NativeCrypto.Outcome.Failed.class,
            failed -> assertThat(failed.why()).startsWith("no jar for ").endsWith("native"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux-amd64, crypto-linux-aarch_64.jar",
    "Mac OS X-aarch64, crypto-linux-aarch_64.jar"
  })
  void shouldNotTakeALibraryOfAnotherMachine(String machine, String jar) throws IOException {
    Files.createFile(folder.resolve(jar));
    assertThat(why(machine)).isEqualTo("no jar for %s in %s".formatted(machine, folder));
  }

  @Test
  void shouldSayThatAJarHasNoProvider() throws IOException {
    Files.writeString(folder.resolve("crypto-linux-x86_64.jar"), "no archive");
    assertThat(why(MACHINE)).endsWith("crypto-linux-x86_64.jar has no provider");
  }

  @Test
  void shouldSayThatAProviderCannotBeMade() throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve("crypto-linux-x86_64.jar"));
        ZipOutputStream jar = new ZipOutputStream(file)) {
      jar.putNextEntry(new ZipEntry("META-INF/services/java.security.Provider"));
      jar.write("com.example.Missing".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(why(MACHINE)).contains("com.example.Missing");
  }

  private String why(String machine) {
    return NativeCrypto.install(folder, machine) instanceof NativeCrypto.Outcome.Failed failed
        ? failed.why()
        : "it was installed";
  }
}
