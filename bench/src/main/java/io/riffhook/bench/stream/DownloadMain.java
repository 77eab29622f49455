package io.riffhook.bench.stream;

import io.riffhook.aws.S3AssetStore;
import io.riffhook.aws.S3Clients;
import io.riffhook.bench.ProcessUse;
import io.riffhook.domain.AssetKey;
import io.riffhook.domain.BadContentException;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Owner;
import io.riffhook.domain.SongId;
import io.riffhook.net.NativeCrypto;
import io.riffhook.providers.http.LoopbackFiles;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process that brings files from a provider into S3 with what the download function has for it:
 * its class path is the function's zip.
 */
final class DownloadMain {
  private DownloadMain() {}

  /**
   * Brings so many files at once, so many times, and tells of each time.
   *
   * @param args the URL, how many files at once, and how many times
   */
  public static void main(String[] args) throws Exception {
    URI url = URI.create(args[0]);
    int atOnce = Integer.parseInt(args[1]);
    S3Clients s3 = new S3Clients(System.getenv());
    S3AssetStore store = new S3AssetStore(s3.client(), s3.presigner(), "bucket");
    if (!(NativeCrypto.install() instanceof NativeCrypto.Outcome.Installed)) {
      throw new IllegalStateException("there is no native TLS");
    }
    LoopbackFiles files = new LoopbackFiles();
    for (int time = 1; time <= Integer.parseInt(args[2]); time++) {
      long start = System.nanoTime();
      bring(url, atOnce, time, files, store);
      ProcessUse use = ProcessUse.of(ProcessHandle.current().pid());
      System.out.printf(
          Locale.ROOT,
          "done %.6f %.2f %d%n",
          (System.nanoTime() - start) / 1e9,
          use.cpuMillis() / 1000,
          Math.round(use.peakMiB() * 1024));
    }
  }

  private static void bring(URI url, int atOnce, int time, LoopbackFiles files, S3AssetStore store)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> all = new ArrayList<>();
      for (int number = 1; number <= atOnce; number++) {
        SongId song = new SongId(new JobId("job-" + time), number);
        all.add(
            threads.submit(
                () -> {
                  bring(url, new AssetKey(new Owner("local"), song, "song.wav"), files, store);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private static void bring(URI url, AssetKey key, LoopbackFiles files, S3AssetStore store)
      throws IOException, BadContentException {
    if (!(files.open(url) instanceof Opened.Body body)) {
      throw new IOException("the file cannot be opened");
    }
    try (body) {
      store.write(key, body, ContentType.Expected.WAV);
    }
  }
}
