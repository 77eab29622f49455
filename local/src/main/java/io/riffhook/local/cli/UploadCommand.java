package io.riffhook.local.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffhook upload}: audio or a picture for songs to start from. */
@Command(
    name = "upload",
    description = {
      "Give audio to start songs from, or a picture for their covers, to a running Riffhook.",
      "",
      "It is fetched once, verified and kept. A file of this machine can be given only to a"
          + " Riffhook on this machine; to any other give an https URL. The id that is printed goes"
          + " into riffhook song --source or --image."
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook upload demo.wav",
      "  ./riffhook upload https://example.org/demo.mp3 --json --url http://127.0.0.1:9000"
    })
final class UploadCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE|URL",
      converter = Given.Converter.class,
      description = "Audio, or a picture, of up to 200 MiB.")
  @Nullable Given given;

  @Mixin RemoteOptions remote = new RemoteOptions();

  UploadCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    UploadView upload;
    try {
      upload = upload(new Uploads(remote.api(context), new Pace(), progress));
    } finally {
      progress.clear();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (remote.json) {
      out.println(upload.json().toPrettyString());
    } else {
      upload.lines().forEach(out::println);
    }
    out.flush();
    return ExitCode.OK;
  }

  private UploadView upload(Uploads uploads) throws InterruptedException {
    return switch (given) {
      case Given.Web web -> uploads.give(web);
      case Given.OnDisk disk -> uploads.give(disk);
      case Given.Id id ->
          throw new ParameterException(
              spec.commandLine(), "there is no file '" + id.value() + "', and it is no URL");
      case null -> throw new IllegalStateException("picocli lets nobody leave it out");
    };
  }
}
