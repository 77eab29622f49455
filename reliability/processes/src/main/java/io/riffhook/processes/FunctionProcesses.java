package io.riffhook.processes;

import io.riffhook.local.host.FunctionRunner;
import io.riffhook.local.host.FunctionRuntime;
import io.riffhook.local.template.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/** Runs each function in processes of its own. */
final class FunctionProcesses implements FunctionRuntime, AutoCloseable {
  /** Small and quick to start: many of them share one machine. */
  private static final List<String> FLAGS =
      List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CICompilerCount=1");

  private static final Duration STARTING_PATIENCE = Duration.ofMinutes(2);
  private static final byte[] NOTHING = "{\"Records\":[]}".getBytes(StandardCharsets.UTF_8);

  private final Path root;
  private final Path folder;
  private final ToIntFunction<String> processes;
  private final boolean cached;
  private final Map<String, Workers> workers = new LinkedHashMap<>();

  /**
   * Makes a runtime; processes start with their functions.
   *
   * @param root the folder of the template
   * @param folder where the functions are unpacked, and their logs kept
   * @param processes how many processes a function has, by its name
   * @param cached whether each function is started once before, to keep its classes for a faster
   *     start: worth it where many are started
   */
  FunctionProcesses(Path root, Path folder, ToIntFunction<String> processes, boolean cached) {
    this.root = root;
    this.folder = folder;
    this.processes = processes;
    this.cached = cached;
  }

  @Override
  public FunctionRunner runner(Function function, Map<String, String> environment) {
    try {
      FunctionCode unpacked = FunctionCode.unpack(function, root, folder.resolve(function.name()));
      FunctionCode code = cached ? trained(unpacked, environment) : unpacked;
      Workers started =
          new Workers(
              code,
              environment,
              FLAGS,
              folder.resolve(function.name() + ".log"),
              processes.applyAsInt(function.name()));
      workers.put(function.name(), started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Keeps the classes of a start, and of an empty event, in an AOT cache (JEP 514). */
  private FunctionCode trained(FunctionCode code, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path cache = folder.resolve(code.function().name() + ".aot");
    List<String> flags = new ArrayList<>(FLAGS);
    flags.add("-XX:AOTCacheOutput=" + cache);
    Path log = folder.resolve(code.function().name() + "-training.log");
    try (LambdaProcess training = LambdaProcess.start(code, environment, log, flags)) {
      training.invoke(NOTHING, STARTING_PATIENCE);
    } catch (RuntimeApi.FunctionErrorException _) {
      // It takes other events; its classes are loaded all the same.
    } catch (RuntimeApi.ProcessEndedException | TimeoutException e) {
      throw new IllegalStateException(code.function().name() + " does not start, see " + log, e);
    }
    return Files.exists(cache) ? code.withCache(cache) : code;
  }

  /** Waits until each function has a process that asks for work. */
  void awaitReady() throws Exception {
    for (Workers each : workers.values()) {
      each.awaitReady(STARTING_PATIENCE);
    }
  }

  /** The invocations that were lost with their processes. */
  List<LostRun> lost() {
    return workers.values().stream().flatMap(each -> each.lost().stream()).toList();
  }

  Workers of(String function) {
    Workers found = workers.get(function);
    if (found == null) {
      throw new IllegalArgumentException("no function " + function);
    }
    return found;
  }

  @Override
  public void close() {
    workers.values().forEach(Workers::close);
  }
}
