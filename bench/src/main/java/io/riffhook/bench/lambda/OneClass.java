package io.riffhook.bench.lambda;

import io.riffhook.local.template.Function;
import io.riffhook.processes.FunctionCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs a handler of one class as a function: one jar. */
final class OneClass {
  private OneClass() {}

  /**
   * Writes the jar.
   *
   * @param handler the class
   * @param like a function that it is like in all but its code
   */
  static FunctionCode pack(Class<?> handler, Function like, Path folder) throws IOException {
    return pack(handler, like, folder, List.of());
  }

  /**
   * Writes the jar beside others.
   *
   * @param libraries jars that it needs
   */
  static FunctionCode pack(Class<?> handler, Function like, Path folder, List<Path> libraries)
      throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (Path library : libraries) {
      Files.copy(library, lib.resolve(library.getFileName().toString()));
    }
    String entry = handler.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(lib.resolve("handler.jar")));
        InputStream code = handler.getResourceAsStream("/" + entry)) {
      if (code == null) {
        throw new IOException("no " + entry);
      }
      jar.putNextEntry(new JarEntry(entry));
      code.transferTo(jar);
      jar.closeEntry();
    }
    return new FunctionCode(
        new Function(
            handler.getSimpleName(),
            handler.getName(),
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
