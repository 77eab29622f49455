package io.riffhook.bench;

import io.riffhook.bench.cost.CostBenchmark;
import io.riffhook.bench.inside.InsideBenchmark;
import io.riffhook.bench.lambda.ColdBenchmark;
import io.riffhook.bench.lambda.PrimedBenchmark;
import io.riffhook.bench.lambda.WarmBenchmark;
import io.riffhook.bench.ready.ReadyBenchmark;
import io.riffhook.bench.scale.ScaleBenchmark;
import io.riffhook.bench.start.StartBenchmark;
import io.riffhook.bench.stream.StreamBenchmark;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** The process: runs the command line and ends with its exit code. */
public final class Main {
  private Main() {}

  /** Called by the launcher script. */
  public static void main(String[] args) {
    Path root = Path.of(System.getProperty("riffhook.home", "."));
    System.exit(new CommandLine(new BenchCommand(benchmarks(), root)).execute(args));
  }

  /** All there are, in the page's order. */
  static List<Benchmark> benchmarks() {
    return List.of(
        new ColdBenchmark(),
        new PrimedBenchmark(),
        new WarmBenchmark(),
        new InsideBenchmark(),
        new StreamBenchmark(),
        new ReadyBenchmark(),
        new ScaleBenchmark(),
        new CostBenchmark(),
        new StartBenchmark());
  }
}
