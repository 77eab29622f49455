package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.cli.JobView.AssetView;
import io.riffhook.local.cli.JobView.SongView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riffhook get}: a job or a song, shown or saved. */
@Command(
    name = "get",
    description = "Show a job or a song, and save its files with --out.",
    footer = {
      "",
      "Examples:",
      "  ./riffhook get 0197a3c2-5c1e-7cc3-98a0-1f2e3d4c5b6a",
      "  ./riffhook get 0197a3c2-5c1e-7cc3-98a0-1f2e3d4c5b6a-1 --out songs"
    })
final class GetCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ID", description = "The id of a job or of a song.")
  String id = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Save the stored files here, in a folder for each song.")
  @Nullable Path out;

  @Mixin RemoteOptions remote = new RemoteOptions();

  GetCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Api api = remote.api(context);
    Optional<JobView> job = api.find("/v1/jobs/" + Api.segment(id)).map(JobView::of);
    if (job.isPresent()) {
      show("job", job.get().json(), job, job.get().songs(), api);
      return ExitCode.OK;
    }
    JsonNode song =
        api.find("/v1/songs/" + Api.segment(id))
            .orElseThrow(() -> new CliException(ExitCode.REFUSED, "there is no job or song " + id));
    show("song", song, Optional.empty(), List.of(SongView.of(song)), api);
    return ExitCode.OK;
  }

  private void show(
      String what, JsonNode json, Optional<JobView> job, List<SongView> songs, Api api) {
    PrintWriter out = spec.commandLine().getOut();
    List<SavedSong> saved = save(api, songs);
    if (remote.json) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.set(what, json);
      if (this.out != null) {
        JobJson.files(all, saved);
      }
      out.println(all.toPrettyString());
    } else {
      job.ifPresent(shown -> out.println(shown.id() + "  " + ProgressLine.plain(shown)));
      if (this.out == null) {
        songs.forEach(song -> assets(song).forEach(out::println));
      }
      saved.forEach(song -> FilesTable.lines(song).forEach(out::println));
    }
    out.flush();
  }

  private List<SavedSong> save(Api api, List<SongView> songs) {
    if (out == null) {
      return List.of();
    }
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    progress.show("Saving…");
    try {
      return new Download(api, out).all(songs);
    } finally {
      progress.clear();
    }
  }

  private static List<String> assets(SongView song) {
    TextTable table = new TextTable("FILE", "KIND", "STATUS", ">SIZE");
    for (AssetView asset : song.assets()) {
      table.row(
          asset.name(),
          asset.kind(),
          asset.reason().map(reason -> asset.status() + ": " + reason).orElse(asset.status()),
          asset.isStored() ? Quantity.bytes(asset.bytes()) : "-");
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        song.title()
            + (song.seconds().isPresent()
                ? ", " + Quantity.length(song.seconds().getAsDouble())
                : "")
            + ", song "
            + song.id());
    lines.addAll(table.lines());
    return lines;
  }
}
