package io.riffhook.net;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * AES-GCM, SHA-256 and key exchange in native code, by Amazon's Corretto Crypto Provider: as fast
 * in the first record of a process as in the last. The JDK's own are fast once the second compiler
 * has seen them, which takes longer than most downloads, and stay thirty times slower under the
 * first one alone.
 *
 * <p>The provider's jars have the same classes and another library for each kind of processor, so
 * they cannot all be on the class path: a function's package has them in a folder {@code native}
 * beside {@code lib}.
 */
public final class NativeCrypto {
  private NativeCrypto() {}

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * All that is asked of the JDK from now on is done natively, where it can be.
     *
     * @param provider its name and version
     */
    record Installed(String provider) implements Outcome {}

    /**
     * The JDK does all of it, as before.
     *
     * @param why for an operator
     */
    record Failed(String why) implements Outcome {}
  }

  /** Installs it in this process, from the package that this class is in. */
  public static Outcome install() {
    return install(
        folder(), System.getProperty("os.name", "") + "-" + System.getProperty("os.arch", ""));
  }

  /**
   * Installs it from a folder of jars.
   *
   * @param machine the system and the processor, in Java's words, such as {@code Linux-amd64}
   */
  static Outcome install(Path folder, String machine) {
    try {
      Optional<Path> jar = jar(folder, machine);
      if (jar.isEmpty()) {
        return new Outcome.Failed("no jar for %s in %s".formatted(machine, folder));
      }
      Provider provider = load(jar.get());
      if (provider.getServices().isEmpty()) {
        return new Outcome.Failed(jar.get().getFileName() + " has no library that can be loaded");
      }
      Security.insertProviderAt(provider, 1);
      return new Outcome.Installed(provider.getName() + " " + provider.getVersionStr());
    } catch (IOException | ServiceConfigurationError | LinkageError e) {
      return new Outcome.Failed(e.toString());
    }
  }

  private static Optional<Path> jar(Path folder, String machine) throws IOException {
    Optional<String> suffix =
        switch (machine) {
          case "Linux-amd64" -> Optional.of("-linux-x86_64.jar");
          case "Linux-aarch64" -> Optional.of("-linux-aarch_64.jar");
          default -> Optional.empty();
        };
    if (suffix.isEmpty() || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix.get())).findFirst();
    }
  }

  /**
   * The provider of a jar; its loader is never closed, for the provider goes on loading classes.
   */
  private static Provider load(Path jar) throws MalformedURLException {
    URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
    return ServiceLoader.load(Provider.class, loader).stream()
        .filter(each -> each.type().getClassLoader() == loader)
        .findFirst()
        .map(ServiceLoader.Provider::get)
        .orElseThrow(() -> new ServiceConfigurationError(jar.getFileName() + " has no provider"));
  }

  /** {@code native} beside the folder of the jar that this class is in. */
  private static Path folder() {
    CodeSource source = NativeCrypto.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).resolve("../../native").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
