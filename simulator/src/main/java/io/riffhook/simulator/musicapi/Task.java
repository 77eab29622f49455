package io.riffhook.simulator.musicapi;

import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Notice;
import io.riffhook.simulator.work.Reads;
import io.riffhook.simulator.work.Timeline;
import io.riffhook.simulator.work.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A task of one platform. Safe for use by several threads. */
final class Task implements Work {
  /** A task is pending for this part of its time, in percent. */
  private static final int PENDING = 10;

  private final Facts facts;
  private final Teller teller;
  private final Reads reads = new Reads();
  private volatile Optional<Ending> ending = Optional.empty();

  /**
   * What doesn't change about a task.
   *
   * @param id its id
   * @param order what was ordered
   * @param time when it began and how long it takes
   */
  record Facts(String id, Order order, Timeline time) {}

  /**
   * What was ordered.
   *
   * @param results what is to be made
   * @param text all that the caller wrote
   * @param mv the model, as answers name it
   * @param seed the seed, or empty
   * @param cost in credits, given back when the task fails
   * @param webhook who is to be told
   */
  record Order(
      List<Result> results,
      String text,
      String mv,
      String seed,
      int cost,
      Optional<Webhook> webhook) {}

  /** Tells of tasks, and settles what is owed at their end. */
  interface Teller {
    /** The task ends; nobody has seen it ended yet. */
    void ended(Task task, Ending ending);

    /** Something may be told about the task. */
    void tell(Task task, Notice notice, CallbackSettings how) throws InterruptedException;
  }

  Task(Facts facts, Teller teller) {
    this.facts = facts;
    this.teller = teller;
  }

  Facts facts() {
    return facts;
  }

  Reads reads() {
    return reads;
  }

  State state(Instant now) {
    return ending
        .map(
            end ->
                switch (end) {
                  case COMPLETED -> State.SUCCEEDED;
                  case FAILED -> State.FAILED;
                })
        .orElseGet(() -> facts.time().percent(now) < PENDING ? State.PENDING : State.RUNNING);
  }

  boolean ended() {
    return ending.isPresent();
  }

  @Override
  public String id() {
    return "Task " + facts.id();
  }

  @Override
  public String text() {
    return facts.order().text();
  }

  @Override
  public void finish(Ending how) {
    teller.ended(this, how);
    ending = Optional.of(how);
  }

  @Override
  public void tell(Notice notice, CallbackSettings how) throws InterruptedException {
    teller.tell(this, notice, how);
  }
}
