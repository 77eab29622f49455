package io.riffhook.simulator.riffgateway;

import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.PollSettings;
import io.riffhook.simulator.work.Clip;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Notice;
import io.riffhook.simulator.work.Reads;
import io.riffhook.simulator.work.Reads.View;
import io.riffhook.simulator.work.Timeline;
import io.riffhook.simulator.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The two songs of one call, which are made together. Safe for use by several threads. */
final class Batch implements Work {
  /** Songs appear without audio when so much is done, in percent. */
  private static final int VISIBLE = 50;

  private final Order order;
  private final Timeline time;
  private final Consumer<Ending> ended;
  private final Reads reads = new Reads();
  private volatile Optional<Ending> ending = Optional.empty();

  /**
   * What was ordered.
   *
   * @param riffs the songs
   * @param text all that the caller wrote
   * @param topic what it is about, of inspiration mode
   * @param sound the style, of professional mode
   * @param model the model
   */
  record Order(
      List<Clip> riffs,
      String text,
      Optional<String> topic,
      Optional<String> sound,
      String model) {}

  /**
   * How much of a batch a read shows.
   *
   * @param visible how many songs are listed
   * @param audible how many of them have audio
   * @param percent how far the batch is, 100 when it ended well
   */
  record Sight(int visible, int audible, int percent, boolean failed) {
    boolean done() {
      return percent == 100;
    }
  }

  /** A batch; {@code ended} is told how it ended. */
  Batch(Order order, Timeline time, Consumer<Ending> ended) {
    this.order = order;
    this.time = time;
    this.ended = ended;
  }

  Order order() {
    return order;
  }

  /** What the next read shows. */
  Sight look(Instant now, LiveSettings settings) {
    Optional<Ending> end = ending;
    PollSettings polls = settings.get().polls();
    View view = reads.next(polls, end.isPresent());
    if (end.isEmpty()) {
      int percent = time.percent(now);
      return new Sight(
          percent < VISIBLE || view == View.NOTHING ? 0 : order.riffs().size(), 0, percent, false);
    }
    return switch (end.get()) {
      case FAILED -> new Sight(0, 0, 0, true);
      case COMPLETED ->
          switch (view) {
            case NOTHING -> new Sight(0, 0, 0, false);
            case FIRST -> new Sight(order.riffs().size(), 1, 99, false);
            case ALL -> new Sight(order.riffs().size(), order.riffs().size(), 100, false);
          };
    };
  }

  @Override
  public String id() {
    return "Riffs " + order.riffs().stream().map(Clip::id).toList();
  }

  @Override
  public String text() {
    return order.text();
  }

  @Override
  public void finish(Ending how) {
    ended.accept(how);
    ending = Optional.of(how);
  }

  /** "No webhook": nobody is told. */
  @Override
  public void tell(Notice notice, CallbackSettings how) {}
}
