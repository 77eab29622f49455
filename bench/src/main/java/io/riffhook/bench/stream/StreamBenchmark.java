package io.riffhook.bench.stream;

import io.riffhook.bench.Bench;
import io.riffhook.bench.Benchmark;
import io.riffhook.bench.Contender;
import io.riffhook.bench.Cores;
import io.riffhook.bench.Findings;
import io.riffhook.bench.Programs;
import io.riffhook.bench.Series;
import io.riffhook.bench.Verdict;
import io.riffhook.local.template.Function;
import io.riffhook.local.template.Template;
import io.riffhook.processes.FunctionCode;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How fast files come from a provider into S3. */
public final class StreamBenchmark implements Benchmark {
  private static final String OURS = "Riffhook";
  private static final String CACHED = "Riffhook, AOT cache";
  private static final String BOTO3 = "boto3 upload_fileobj";
  private static final String BOTO3_HASHED = "boto3 upload_fileobj, with SHA-256";
  private static final String CLI = "curl | aws s3 cp -";
  private static final String HEAP = "96m";
  private static final long MB = 1_000_000;
  private static final String GIGABYTE = "1 GB";
  private static final Duration DELAY = Duration.ofMillis(50);

  /**
   * What all contenders are asked for.
   *
   * @param times how many times in one process, where a program can
   */
  private record Load(String group, long bytes, int atOnce, int times, int rounds) {}

  private static final List<Load> SIZES =
      List.of(
          new Load("10 MB", 10 * MB, 1, 20, 3),
          new Load("100 MB", 100 * MB, 1, 10, 3),
          new Load(GIGABYTE, 1000 * MB, 1, 4, 3),
          new Load("2 GiB", 2L << 30, 1, 1, 1));

  private static final List<Load> AT_ONCE =
      List.of(
          new Load("2 × 100 MB at once", 100 * MB, 2, 5, 1),
          new Load("4 × 100 MB at once", 100 * MB, 4, 5, 1),
          new Load("8 × 100 MB at once", 100 * MB, 8, 5, 1));

  /** What an AOT cache is made from: as long as it takes until the compilers are at rest. */
  private static final Load TRAINING = new Load("training", 300 * MB, 1, 2, 1);

  private static final Load FAR =
      new Load("100 MB, S3 answers each part after 50 ms", 100 * MB, 1, 5, 3);

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String title() {
    return "from the provider into S3";
  }

  @Override
  public String method() {
    return """
    A provider's file server and an S3 that counts what it takes and keeps nothing run in one process on one core; what
    is measured has the other core for itself. Both sides speak TLS 1.3 with a certificate that is made for the run, and
    that each client is told to trust by its own means. The content comes from memory. After each run S3 is asked whether
    every byte came.

    Riffhook is the class path of `download.zip` with the template's JVM flags and `-Xmx96m`: the code that opens a
    provider's file and the code that stores it, with S3's client, retries and signatures. Left out are DynamoDB, SQS and
    Lambda's own runtime; and connections go to loopback, which production refuses. It checks the type and the length,
    and takes SHA-256 and CRC-32. The peers take CRC-32 only, so one of them runs with SHA-256 too.

    _From the process's start_ counts from the launch of the first program to the first transfer's end, and so the start
    of a JVM or of Python. With an AOT cache (JEP 514, made in the same run from two transfers of 300 MB) Riffhook starts as
    [in an image](deploy.md#as-container-images-with-an-aot-cache). _Steady_ is the last of several transfers in one
    process, as a function has it that is in use. Memory is the most that was resident (of a pipeline, the sum), CPU is
    that of all threads and processes.
    """;
  }

  @Override
  public Findings run(Bench bench) throws Exception {
    Certificate certificate = Certificate.make(bench.work());
    List<Series> series = new ArrayList<>();
    Clients clients = new Clients(bench, certificate);
    try (Servers servers = Servers.start(certificate, Duration.ZERO)) {
      clients.train(servers);
      for (Load load : bench.quick() ? SIZES.subList(0, 1) : SIZES) {
        series.addAll(measure(bench, load, clients.all(servers, load)));
      }
      for (Load load : bench.quick() ? AT_ONCE.subList(0, 0) : AT_ONCE) {
        series.addAll(measure(bench, load, clients.programs(servers, load)));
      }
    }
    if (!bench.quick()) {
      try (Servers servers = Servers.start(certificate, DELAY)) {
        series.addAll(measure(bench, FAR, clients.programs(servers, FAR)));
      }
    }
    return new Findings(
        series,
        bench.quick() ? List.of() : verdicts(series),
        clients.versions(),
        List.of(
            new Findings.Fact(
                "Riffhook's heap in every run",
                "`-Xmx%s`; a run that needs more ends with an error, and the benchmark with it"
                    .formatted(HEAP))),
        clients.notes());
  }

  private static List<Series> measure(Bench bench, Load load, List<Contender> contenders)
      throws Exception {
    return bench.rounds().run(load.group(), contenders, 0, bench.roundsOr(load.rounds()));
  }

  private static List<Verdict> verdicts(List<Series> series) {
    List<Verdict> verdicts = new ArrayList<>();
    if (series.stream().anyMatch(each -> each.contender().equals(BOTO3))) {
      double peer = Findings.median(series, GIGABYTE, BOTO3, Transfer.STEADY);
      double ours = Findings.median(series, GIGABYTE, OURS, Transfer.STEADY);
      verdicts.add(Verdict.atLeast("1 GB, steady: at least the better peer", ours / peer, "×", 1));
      verdicts.add(Verdict.atLeast("1 GB, steady: 1.5 × the better peer", ours / peer, "×", 1.5));
      double wholePeer =
          Stream.of(BOTO3, CLI)
              .flatMap(
                  name ->
                      series.stream()
                          .filter(
                              each ->
                                  each.group().equals(GIGABYTE)
                                      && each.contender().equals(name)
                                      && each.metric().equals(Transfer.WHOLE)))
              .mapToDouble(Series::median)
              .max()
              .orElseThrow();
      verdicts.add(
          Verdict.atLeast(
              "1 GB, from the process's start: at least the better peer",
              Findings.median(series, GIGABYTE, OURS, Transfer.WHOLE) / wholePeer,
              "×",
              1));
    }
    return verdicts;
  }

  /** The contenders' commands. */
  private static final class Clients {
    private final Bench bench;
    private final Certificate certificate;
    private final Path peers;
    private final FunctionCode code;
    private final List<String> flags;
    private final boolean boto3;
    private final boolean cli;
    private final boolean curl;

    private Clients(Bench bench, Certificate certificate) throws Exception {
      this.bench = bench;
      this.certificate = certificate;
      this.peers = bench.root().resolve("bench/peers");
      Template template = Template.read(bench.root().resolve("template.yaml"), Map.of());
      Function function =
          template.functions().stream()
              .filter(each -> each.name().equals("DownloadFunction"))
              .findFirst()
              .orElseThrow();
      this.code = FunctionCode.unpack(function, bench.root(), bench.work().resolve("download"));
      this.flags =
          Optional.ofNullable(function.environment().get("JAVA_TOOL_OPTIONS"))
              .flatMap(node -> template.resolver(Map.of(), Map.of()).text(node))
              .map(text -> List.of(text.split("\\s+")))
              .orElse(List.of());
      this.boto3 =
          version(List.of("python3", "-c", "import boto3; print(boto3.__version__)")).isPresent();
      this.curl = Programs.isThere("curl");
      this.cli = curl && Programs.isThere("python3") && Programs.isThere("aws");
    }

    private List<Contender> all(Servers servers, Load load) {
      List<Contender> all = new ArrayList<>(programs(servers, load));
      all.add(
          1, Contender.subject(CACHED, ours(servers, load, List.of("-XX:AOTCache=" + cache()))));
      if (curl && Programs.isThere("python3")) {
        all.add(
            Contender.reference(
                "curl | curl -T -",
                pipeline(
                    servers,
                    load,
                    Transfer.Kind.RUNNER,
                    List.of(
                        "|", "curl", "-sS", "--fail", "-T", "-", s3(servers) + "/bucket/song"))));
        all.add(
            Contender.reference(
                "curl to /dev/null", pipeline(servers, load, Transfer.Kind.READER, List.of())));
      }
      return all;
    }

    private List<Contender> programs(Servers servers, Load load) {
      List<Contender> programs = new ArrayList<>();
      programs.add(Contender.subject(OURS, ours(servers, load, List.of())));
      if (boto3) {
        programs.add(Contender.peer(BOTO3, boto3(servers, load, List.of())));
        programs.add(Contender.peer(BOTO3_HASHED, boto3(servers, load, List.of("sha256"))));
      }
      if (cli) {
        programs.add(
            Contender.peer(
                CLI,
                pipeline(
                    servers,
                    load,
                    Transfer.Kind.RUNNER,
                    List.of(
                        "|",
                        "aws",
                        "--endpoint-url",
                        s3(servers),
                        "s3",
                        "cp",
                        "--no-progress",
                        "-",
                        "s3://bucket/song.wav"))));
      }
      return programs;
    }

    /** Makes the cache (JEP 514), as whoever builds an image for the function does. */
    private void train(Servers servers) throws Exception {
      ours(servers, TRAINING, List.of("-XX:AOTCacheOutput=" + cache())).run();
    }

    private Path cache() {
      return bench.work().resolve("download.aot");
    }

    private Transfer ours(Servers servers, Load load, List<String> more) {
      List<String> command = new ArrayList<>();
      command.add(java());
      command.addAll(flags);
      command.addAll(more);
      command.addAll(
          List.of(
              "-Xmx" + HEAP,
              "-Djdk.net.hosts.file=" + hosts(),
              "-Djavax.net.ssl.trustStore=" + certificate.trusted(),
              "-Djavax.net.ssl.trustStoreType=JKS",
              "-cp",
              code.folder().resolve("lib") + "/*" + File.pathSeparator + ownJar(),
              DownloadMain.class.getName(),
              "https://%s:%d/file/%d".formatted(Certificate.PROVIDER, servers.port(), load.bytes()),
              Integer.toString(load.atOnce()),
              Integer.toString(load.times())));
      return transfer(servers, load, command, load.times(), Transfer.Kind.PROGRAM);
    }

    private Transfer boto3(Servers servers, Load load, List<String> more) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "python3",
                  peers.resolve("boto3_stream.py").toString(),
                  file(servers, load),
                  s3(servers),
                  Integer.toString(load.atOnce()),
                  Integer.toString(load.times())));
      command.addAll(more);
      return transfer(servers, load, command, load.times(), Transfer.Kind.PROGRAM);
    }

    private Transfer pipeline(Servers servers, Load load, Transfer.Kind kind, List<String> rest) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "python3",
                  peers.resolve("pipeline.py").toString(),
                  Integer.toString(load.atOnce()),
                  "curl",
                  "-sS",
                  "--fail",
                  file(servers, load)));
      command.addAll(rest);
      return transfer(servers, load, command, 1, kind);
    }

    private Transfer transfer(
        Servers servers, Load load, List<String> command, int times, Transfer.Kind kind) {
      Map<String, String> environment = new TreeMap<>();
      environment.put("AWS_REGION", "us-east-1");
      environment.put("AWS_DEFAULT_REGION", "us-east-1");
      environment.put("AWS_ACCESS_KEY_ID", "benchmark");
      environment.put("AWS_SECRET_ACCESS_KEY", "benchmark");
      environment.put("AWS_EC2_METADATA_DISABLED", "true");
      environment.put("AWS_ENDPOINT_URL_S3", "https://localhost:" + servers.port());
      environment.put("AWS_CA_BUNDLE", certificate.pem().toString());
      environment.put("SSL_CERT_FILE", certificate.pem().toString());
      environment.put("CURL_CA_BUNDLE", certificate.pem().toString());
      return new Transfer(
          servers,
          command,
          environment,
          bench.work().resolve("client.log"),
          load.bytes(),
          load.atOnce(),
          times,
          kind);
    }

    private static String file(Servers servers, Load load) {
      return "https://localhost:%d/file/%d".formatted(servers.port(), load.bytes());
    }

    /** By number, for then every client takes the bucket for part of the path. */
    private static String s3(Servers servers) {
      return "https://127.0.0.1:" + servers.port();
    }

    private Path hosts() {
      Path hosts = bench.work().resolve("hosts");
      try {
        Files.writeString(
            hosts, "8.8.8.8 %s%n127.0.0.1 localhost%n".formatted(Certificate.PROVIDER));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return hosts;
    }

    private static String java() {
      return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }

    private static String ownJar() {
      try {
        return Path.of(
                StreamBenchmark.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }

    private Map<String, String> versions() {
      Map<String, String> versions = new TreeMap<>();
      version(List.of("python3", "-c", "import boto3; print(boto3.__version__)"))
          .ifPresent(version -> versions.put("boto3", version));
      version(List.of("aws", "--version"))
          .ifPresent(version -> versions.put("AWS CLI", version.split("[/ ]", -1)[1]));
      version(List.of("curl", "--version"))
          .ifPresent(version -> versions.put("curl", version.split(" ", -1)[1]));
      version(List.of("python3", "--version"))
          .ifPresent(version -> versions.put("Python", version.split(" ", -1)[1]));
      return versions;
    }

    private static Optional<String> version(List<String> command) {
      try {
        Process process =
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String line;
        try (var out = process.inputReader()) {
          line = out.readLine();
        }
        return process.waitFor() == 0 ? Optional.ofNullable(line) : Optional.empty();
      } catch (IOException _) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }

    private List<String> notes() {
      List<String> notes = new ArrayList<>();
      notes.add("Riffhook runs with `" + String.join(" ", flags) + " -Xmx" + HEAP + "`.");
      if (!Cores.areSeparate()) {
        notes.add("Processes could not be bound to cores here: servers and clients share them.");
      }
      if (!boto3) {
        notes.add("boto3 was not found, and did not run.");
      }
      if (!cli) {
        notes.add("The AWS CLI, curl or Python was not found: their pipeline did not run.");
      }
      return notes;
    }
  }
}
