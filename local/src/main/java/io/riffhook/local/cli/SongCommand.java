package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Format;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code riffhook song}: the main job, from a prompt to files. */
@Command(
    name = "song",
    description = {
      "Make a song from a prompt, and save its files.",
      "",
      "Runs the whole system in this process. Songs come from the simulator, or from useapi where "
          + "USEAPI_TOKEN is set. Where AWS_ENDPOINT_URL is set, that AWS takes the place of the "
          + "embedded services."
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook song \"jazzy k-pop song about a distant lover\"",
      "  ./riffhook song \"rainy lo-fi\" --instrumental --stems --formats wav --out beats",
      "  ./riffhook song \"happy birthday, in ska\" --json > song.json"
    })
final class SongCommand implements Callable<Integer> {
  private final CliContext context;

  /** The job's id, once it has one; read by the thread that ends the process. */
  private volatile String submitted = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PROMPT", description = "What the song is to be, in quotes.")
  String prompt = "";

  @Option(names = "--stems", description = "Save the separate tracks too.")
  boolean stems;

  @Option(
      names = "--formats",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "mp3,wav,m4a",
      completionCandidates = FormatNames.class,
      converter = FormatConverter.class,
      description = "Audio formats: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  List<Format> formats = List.of();

  @Option(names = "--instrumental", description = "No vocals.")
  boolean instrumental;

  @Option(names = "--provider", paramLabel = "NAME", description = "Which provider makes it.")
  @Nullable String provider;

  @Option(names = "--model", paramLabel = "NAME", description = "Which of its models.")
  @Nullable String model;

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      description = "Your own name for the job, such as an order number.")
  @Nullable String reference;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "songs",
      description = "Where each song gets a folder (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("songs");

  @Option(names = "--json", description = "Print the job and its files as JSON.")
  boolean json;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The API's port meanwhile (default: 8080 where RIFFHOOK_PUBLIC_URL leads providers to it,"
              + " else any).")
  @Nullable Integer port;

  @Mixin SimulatorOptions simulator = new SimulatorOptions();

  SongCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ProgressDisplay progress = new ProgressDisplay(err, context);
    progress.show("Starting…");
    // A job that was paid for, or that lies in an AWS that goes on, can be taken up again.
    Optional<Path> data =
        Backend.mustKeep(context) ? Optional.of(UpCommand.DATA) : Optional.empty();
    try (Backend backend = Backend.start(context, port(), data, simulator.settings())) {
      if (Backend.isReal(context)) {
        backend.aboutProvider().forEach(line -> progress.say("Provider: " + line));
      }
      return make(backend, progress);
    } finally {
      progress.clear();
    }
  }

  private int port() {
    if (port != null) {
      return port;
    }
    // The user's tunnel ends at a port it knows; a simulator is told whichever it is.
    boolean tunnel = Backend.isReal(context) && context.variable("RIFFHOOK_PUBLIC_URL").isPresent();
    return tunnel ? UpCommand.PORT : 0;
  }

  private int make(Backend backend, ProgressDisplay progress) throws InterruptedException {
    Api api = backend.api();
    Wake wake = new Wake();
    JobView job;
    List<SavedSong> saved;
    try (Interruption _ = Interruption.then(() -> interrupted(submitted, progress))) {
      job = api.submit(body());
      submitted = job.id();
      backend.machine().onInvocation(wake);
      job = follow(api, job, wake, progress);
      if (job.assets().stream().anyMatch(asset -> asset.isStored())) {
        progress.show("Saving…");
      }
      saved = new Download(api, out).all(job.songs());
    }
    progress.clear();
    print(job, saved);
    return verdict(job, saved, progress);
  }

  private ObjectNode body() {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("operation", "prompt")
            .put("prompt", prompt)
            .put("instrumental", instrumental);
    Set<Format> wanted = EnumSet.copyOf(formats);
    if (stems) {
      wanted.add(Format.STEMS);
    }
    ArrayNode names = body.putArray("formats");
    wanted.forEach(format -> names.add(format.value()));
    Optional.ofNullable(provider).ifPresent(name -> body.put("provider", name));
    Optional.ofNullable(model).ifPresent(name -> body.put("model", name));
    Optional.ofNullable(reference).ifPresent(text -> body.put("reference", text));
    return body;
  }

  private static JobView follow(Api api, JobView submitted, Wake wake, ProgressDisplay progress)
      throws InterruptedException {
    // What happened between the submission and the listener is seen by a first look.
    JobView job = api.job(submitted.id());
    wake.looked();
    progress.show(job);
    while (!job.status().isTerminal()) {
      wake.await();
      job = api.job(submitted.id());
      wake.looked();
      progress.show(job);
    }
    return job;
  }

  private void print(JobView job, List<SavedSong> saved) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JobJson.withFiles(job, saved));
    } else {
      saved.forEach(
          song -> {
            FilesTable.lines(song).forEach(out::println);
            out.println();
          });
    }
    out.flush();
  }

  private static int verdict(JobView job, List<SavedSong> saved, ProgressDisplay progress) {
    String why = job.reason().map(reason -> ": " + reason).orElse("");
    String kept = saved.isEmpty() ? "" : " What had been stored is saved.";
    return switch (job.status()) {
      case READY -> ExitCode.OK;
      case REJECTED -> {
        progress.say("riffhook: the prompt was rejected" + why);
        yield ExitCode.REJECTED;
      }
      default -> {
        progress.say(
            "riffhook: the job is " + job.status().name().toLowerCase(Locale.ROOT) + why + kept);
        yield ExitCode.FAILED;
      }
    };
  }

  private void interrupted(String job, ProgressDisplay progress) {
    if (job.isEmpty()) {
      progress.say("Interrupted before a job was submitted.");
    } else if (Backend.mustKeep(context)) {
      progress.say("Interrupted. Job " + job + " goes on when Riffhook runs again:");
      progress.say("  ./riffhook up");
      progress.say("  ./riffhook get " + job + " --out " + out);
    } else {
      progress.say("Interrupted. Job " + job + " was in memory only and is gone.");
      progress.say("Run ./riffhook up for jobs that outlive the command.");
    }
  }

  /** The words for formats. */
  static final class FormatNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    FormatNames() {
      for (Format format : Format.values()) {
        add(format.value());
      }
    }
  }

  /** Reads the word for a format. */
  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      return Format.of(word.toLowerCase(Locale.ROOT))
          .orElseThrow(
              () -> new TypeConversionException("'" + word + "' is none of: " + Format.words()));
    }
  }
}
