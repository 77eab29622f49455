package io.riffhook.bench.lambda;

import io.riffhook.local.template.Function;
import io.riffhook.processes.FunctionCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs {@link HelloHandler} as a function: one class in one jar. */
final class Hello {
  private Hello() {}

  /**
   * Writes the jar.
   *
   * @param like a function that it is like in all but its code
   */
  static FunctionCode pack(Function like, Path folder) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    String entry = HelloHandler.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(lib.resolve("hello.jar")));
        InputStream code = HelloHandler.class.getResourceAsStream("/" + entry)) {
      if (code == null) {
        throw new IOException("no " + entry);
      }
      jar.putNextEntry(new JarEntry(entry));
      code.transferTo(jar);
      jar.closeEntry();
    }
    return new FunctionCode(
        new Function(
            "Hello",
            HelloHandler.class.getName() + "::handleRequest",
            like.codeUri(),
            like.timeout(),
            like.memoryMegabytes(),
            like.environment(),
            like.routes(),
            like.queueSources()),
        folder,
        Optional.empty());
  }
}
