package io.riffhook.local.cli;

import io.riffhook.local.cli.JobView.AssetView;
import io.riffhook.local.cli.JobView.SongView;
import io.riffhook.local.data.FileFailures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;

/** Saves what is stored of songs, each file in place only when it is whole and verified. */
final class Download {
  private final Api api;
  private final SongFolders folders;

  Download(Api api, Path out) {
    this.api = api;
    this.folders = new SongFolders(out);
  }

  List<SavedSong> all(List<SongView> songs) {
    List<SongView> stored = songs.stream().filter(song -> !song.stored().isEmpty()).toList();
    List<SavedSong> saved = new ArrayList<>();
    for (SongView song : stored) {
      saved.add(save(song, folders.of(song, saved.size() + 1, stored.size())));
    }
    return saved;
  }

  private SavedSong save(SongView song, Path folder) {
    List<SavedFile> files = new ArrayList<>();
    for (AssetView asset : song.stored()) {
      Path file = SongFolders.file(folder, asset.name());
      try {
        save(song, asset, file);
      } catch (IOException e) {
        throw new CliException(
            ExitCode.UNREACHABLE,
            "%s cannot be saved: %s".formatted(file, FileFailures.reason(e)),
            e);
      }
      files.add(
          new SavedFile(
              file,
              asset.name(),
              asset.kind(),
              asset.isSound() ? song.seconds() : OptionalDouble.empty(),
              asset.bytes(),
              asset.sha256()));
    }
    return new SavedSong(song, folder, files);
  }

  private void save(SongView song, AssetView asset, Path file) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = folder.resolve("." + file.getFileName() + ".part");
    try {
      MessageDigest hash = sha256();
      long bytes;
      try (InputStream in = new DigestInputStream(api.open(song.id(), asset.name()), hash);
          OutputStream out = Files.newOutputStream(part)) {
        bytes = in.transferTo(out);
      }
      verify(asset, bytes, HexFormat.of().formatHex(hash.digest()));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void verify(AssetView asset, long bytes, String sha256) {
    if (bytes != asset.bytes()) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "%s came with %d bytes instead of %d".formatted(asset.name(), bytes, asset.bytes()));
    }
    if (!sha256.equals(asset.sha256())) {
      throw new CliException(
          ExitCode.UNREACHABLE,
          "%s came damaged: its SHA-256 is %s instead of %s"
              .formatted(asset.name(), sha256, asset.sha256()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is in every Java platform", e);
    }
  }
}
