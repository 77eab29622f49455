package io.riffhook.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Format;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code riffhook song}: the main job, from a prompt to files. */
@Command(
    name = "song",
    abbreviateSynopsis = true,
    description = {
      "Make a song from a prompt, from lyrics, or from audio that exists, and save its files.",
      "",
      "Runs the whole system in this process, or uses one that runs (--url). In this process the"
          + " simulator makes the songs, unless the token of a provider is set (USEAPI_TOKEN,"
          + " MUSICAPI_TOKEN, RIFFGATEWAY_TOKEN, MUSICAPI_PRODUCER_TOKEN, FLOWMUSIC_TOKEN,"
          + " MUREKA_TOKEN, STANDARD_TOKEN). Where AWS_ENDPOINT_URL is set, that AWS takes the"
          + " place of the embedded services. The simulator forgets its songs when it ends: to go"
          + " on from one of them, run ./riffhook up and use --url."
    },
    footer = {
      "",
      "Examples:",
      "  ./riffhook song \"jazzy k-pop song about a distant lover\"",
      "  ./riffhook song \"rainy lo-fi\" --instrumental --stems --formats wav --out beats",
      "  ./riffhook song \"soft keys\" --lyrics-file words.txt --sound \"full band\" --sound-start"
          + " 0.5",
      "  ./riffhook song \"as a waltz\" --operation cover --source demo.mp3 --cover-strength 0.4",
      "  ./riffhook song --operation extend --source SONG-ID --at 60 --url http://127.0.0.1:8080",
      "  ./riffhook song \"happy birthday, in ska\" --json > song.json"
    })
final class SongCommand implements Callable<Integer> {
  private final CliContext context;

  /** The job's id, once it has one; read by the thread that ends the process. */
  private volatile String submitted = "";

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin SongOptions song = new SongOptions();

  @Option(names = "--provider", paramLabel = "NAME", description = "Which provider makes it.")
  @Nullable String provider;

  @Option(names = "--model", paramLabel = "NAME", description = "Which of its models.")
  @Nullable String model;

  @Option(
      names = "--formats",
      paramLabel = "FORMAT",
      split = ",",
      completionCandidates = FormatNames.class,
      converter = FormatConverter.class,
      description =
          "What to save: ${COMPLETION-CANDIDATES} (default: all audio formats of the provider).")
  List<Format> formats = List.of();

  @Option(
      names = "--stems",
      description = {
        "Save the separate tracks too. Without --formats, beside all audio formats of the first"
            + " provider that gives stems and can do the rest."
      })
  boolean stems;

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

  @Mixin SimulatorOptions simulator = new SimulatorOptions();

  @ArgGroup(validate = false, heading = "%nWhere it is made:%n")
  PlaceOptions place = new PlaceOptions();

  SongCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    SongRequest request = request();
    Optional<URI> elsewhere = place.elsewhere(spec.commandLine(), context);
    Writable.folder(out);
    ProgressDisplay progress = new ProgressDisplay(spec.commandLine().getErr(), context);
    try {
      return elsewhere.isPresent()
          ? there(elsewhere.get(), request, progress)
          : here(request, progress);
    } finally {
      progress.clear();
    }
  }

  private SongRequest request() {
    try {
      return SongRequest.of(song);
    } catch (SongRequest.WrongOptions e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int there(URI url, SongRequest request, ProgressDisplay progress)
      throws InterruptedException {
    try {
      return make(
          new Api(url, Credential.of(context)),
          new Pace(),
          request,
          progress,
          () -> progress.say("Interrupted. " + goesOn(url)));
    } catch (CliException e) {
      if (!submitted.isEmpty() && e.exitCode() == ExitCode.UNREACHABLE) {
        progress.say(goesOn(url));
      }
      throw e;
    }
  }

  private String goesOn(URI url) {
    return "Job %s goes on without you. See it, or save it when it is ready:%n  ./riffhook get %s --out %s --url %s"
        .formatted(submitted, submitted, out, url);
  }

  private int here(SongRequest request, ProgressDisplay progress) throws InterruptedException {
    progress.show("Starting…");
    Optional<Path> data = place.data(context);
    try (Backend backend =
        Backend.start(context, place.port(context), data, simulator.settings())) {
      if (LocalProviders.areReal(context)) {
        List<String> about = backend.aboutProviders();
        progress.say("Providers: " + about.getFirst());
        about.stream().skip(1).forEach(line -> progress.say("  " + line));
      }
      Wake wake = new Wake();
      backend.machine().onInvocation(wake);
      return make(backend.api(), wake, request, progress, () -> interrupted(data, progress));
    }
  }

  private int make(
      Api api, Looks looks, SongRequest request, ProgressDisplay progress, Runnable interrupted)
      throws InterruptedException {
    JobView job;
    List<SavedSong> saved;
    Runnable tell =
        () -> {
          if (submitted.isEmpty()) {
            progress.say("Interrupted before a job was submitted.");
          } else {
            interrupted.run();
          }
        };
    try (Interruption _ = Interruption.then(tell)) {
      job = api.submit(body(request, api, new Sources(api, new Uploads(api, looks, progress))));
      submitted = job.id();
      job = follow(api, job, looks, progress);
      if (job.assets().stream().anyMatch(asset -> asset.isStored())) {
        progress.show("Saving…");
      }
      saved = new Download(api, out).all(job.songs());
    }
    progress.clear();
    print(job, saved);
    return verdict(job, saved, progress);
  }

  private ObjectNode body(SongRequest request, Api api, Sources sources)
      throws InterruptedException {
    Optional<Sources.Source> source =
        request.source().isPresent()
            ? Optional.of(sources.source(request.source().get()))
            : Optional.empty();
    Optional<String> image =
        request.image().isPresent()
            ? Optional.of(sources.image(request.image().get()))
            : Optional.empty();
    ObjectNode body = request.body(source.map(Sources.Source::json), image);
    Set<String> wanted = formats(request, api, source.flatMap(Sources.Source::maker));
    if (!wanted.isEmpty()) {
      ArrayNode names = body.putArray("formats");
      wanted.forEach(names::add);
    }
    Optional.ofNullable(provider).ifPresent(name -> body.put("provider", name));
    Optional.ofNullable(model).ifPresent(name -> body.put("model", name));
    Optional.ofNullable(reference).ifPresent(text -> body.put("reference", text));
    return body;
  }

  /** What to ask for; nothing stands for all audio formats of whoever makes the song. */
  private Set<String> formats(SongRequest request, Api api, Optional<String> maker) {
    Set<String> wanted = new LinkedHashSet<>();
    if (formats.isEmpty() && stems) {
      // With stems the others must be named, and which there are differs from provider to provider.
      wanted.addAll(
          StemFormats.of(
              ProviderView.all(api.get("/v1/providers")),
              request,
              Optional.ofNullable(provider),
              maker));
    }
    formats.forEach(format -> wanted.add(format.value()));
    if (stems) {
      wanted.add(Format.STEMS.value());
    }
    return wanted;
  }

  private static JobView follow(Api api, JobView submitted, Looks looks, ProgressDisplay progress)
      throws InterruptedException {
    // What happened before we began to look is seen by a first look.
    JobView job = api.job(submitted.id());
    looks.looked();
    progress.show(job);
    while (!job.status().isTerminal()) {
      looks.await();
      job = api.job(submitted.id());
      looks.looked();
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

  private void interrupted(Optional<Path> data, ProgressDisplay progress) {
    if (data.isPresent()) {
      String folder = data.get().equals(UpCommand.DATA) ? "" : " --data " + data.get();
      progress.say("Interrupted. Job " + submitted + " goes on when Riffhook runs again:");
      progress.say("  ./riffhook up" + folder);
      progress.say("  ./riffhook get " + submitted + " --out " + out);
    } else {
      progress.say("Interrupted. Job " + submitted + " was in memory only and is gone.");
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
