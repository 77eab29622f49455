package io.riffhook.bench;

/** One benchmark. */
public interface Benchmark {
  /** What it is called on the command line, one word. */
  String name();

  /** Its heading on the page. */
  String title();

  /** What it does, against whom, and how, for a reader who does not believe it: Markdown. */
  String method();

  /**
   * Runs it.
   *
   * @param bench the surroundings
   * @throws Exception where something did not do its work
   */
  Findings run(Bench bench) throws Exception;
}
