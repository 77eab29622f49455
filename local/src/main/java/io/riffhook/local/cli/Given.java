package io.riffhook.local.cli;

import io.riffhook.domain.WebUrl;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Audio or a picture as a user names it. */
sealed interface Given {
  /** The id of something that Riffhook has. */
  record Id(String value) implements Given {}

  /** A file that anybody can fetch. */
  record Web(WebUrl url) implements Given {}

  /** A file of this machine. */
  record OnDisk(Path file) implements Given {}

  /**
   * Reads one. A file goes before an id of the same name.
   *
   * @throws TypeConversionException where it is nothing of this
   */
  static Given of(String text) {
    if (text.contains("://")) {
      return new Web(RemoteOptions.read(text));
    }
    Optional<Path> file = path(text).filter(Files::isRegularFile);
    if (file.isPresent()) {
      return new OnDisk(file.get());
    }
    if (!Converter.ID.matcher(text).matches()) {
      throw new TypeConversionException("there is no file '" + text + "'");
    }
    return new Id(text);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Reads one for the command line. */
  final class Converter implements ITypeConverter<Given> {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    @Override
    public Given convert(String text) {
      return of(text);
    }
  }
}
