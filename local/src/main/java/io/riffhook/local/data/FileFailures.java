package io.riffhook.local.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Sentences for failures of files. The message of most of Java's exceptions for them is the path
 * alone.
 */
public final class FileFailures {
  private FileFailures() {}

  /** Says which file it is about, if the exception knows, and what is wrong with it. */
  public static String sentence(IOException failure) {
    return failure instanceof FileSystemException about && about.getFile() != null
        ? about.getFile() + ": " + reason(failure)
        : reason(failure);
  }

  /** Says what is wrong with the file. The caller names the file. */
  public static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case NotDirectoryException _ -> "it is not a folder";
      case FileAlreadyExistsException _ -> "it already exists";
      case DirectoryNotEmptyException _ -> "the folder is not empty";
      case FileSystemException about ->
          about.getReason() == null ? "the system refused it" : about.getReason();
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }
}
