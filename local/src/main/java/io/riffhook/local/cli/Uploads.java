package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.riffhook.local.data.FileFailures;
import java.io.IOException;
import java.net.URI;

/** Gives files to a Riffhook, and waits until it has them. */
final class Uploads {
  private final Api api;
  private final Looks looks;
  private final ProgressDisplay progress;

  /**
   * @param looks says when the API may have got on with an upload
   */
  Uploads(Api api, Looks looks, ProgressDisplay progress) {
    this.api = api;
    this.looks = looks;
    this.progress = progress;
  }

  /** Gives what anybody can fetch; answers once it is stored. */
  UploadView give(Given.Web web) throws InterruptedException {
    progress.show("Fetching from " + web.url().host() + "…");
    return stored(web.url().uri(), "it");
  }

  /**
   * Gives a file of this machine; answers once it is stored. Nobody but this machine can fetch it.
   */
  UploadView give(Given.OnDisk disk) throws InterruptedException {
    if (!api.isOnThisMachine()) {
      throw new CliException(
          ExitCode.USAGE,
          ("a file can be given only to a Riffhook on this machine, and %s is not on it."
                  + " Put %s where an https URL leads to it, and give that.")
              .formatted(api.base(), disk.file()));
    }
    progress.show("Reading " + disk.file() + "…");
    try (FileServer server = FileServer.of(disk.file())) {
      return stored(server.url(), disk.file().toString());
    } catch (IOException e) {
      throw new CliException(
          ExitCode.FAILED,
          "%s cannot be uploaded: %s".formatted(disk.file(), FileFailures.reason(e)),
          e);
    }
  }

  private UploadView stored(URI url, String name) throws InterruptedException {
    UploadView upload =
        UploadView.of(
            api.post(
                "/v1/uploads", JsonNodeFactory.instance.objectNode().put("url", url.toString())));
    String path = "/v1/uploads/" + Api.segment(upload.id());
    while (upload.isPending()) {
      looks.await();
      upload = UploadView.of(api.get(path));
      looks.looked();
    }
    if (upload.isFailed()) {
      throw new CliException(
          ExitCode.FAILED, "%s was not taken: %s".formatted(name, upload.reason()));
    }
    return upload;
  }
}
