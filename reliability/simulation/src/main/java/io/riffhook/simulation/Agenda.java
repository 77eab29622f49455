package io.riffhook.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Simulated time: what is to happen, in its order. Processes run as virtual threads of which one
 * runs at a time, from one step to another; so each order of their steps can come about, and the
 * same seed brings about the same one.
 */
final class Agenda implements InstantSource {
  private record Entry(Instant at, long number, Runnable work) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::number));
  private Instant now;
  private long numbers;
  private @Nullable Actor current;

  Agenda(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Has something done after a while. */
  void in(Duration delay, Runnable work) {
    entries.add(new Entry(now.plus(delay), numbers++, work));
  }

  /** Does what is due next. False where nothing is left to do. */
  boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    now = next.at();
    next.work().run();
    return true;
  }

  /** The process that is running, if one is. */
  Optional<Actor> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Starts a process, which runs until it first pauses or ends.
   *
   * @param life how long it may take before it is killed, as functions are
   * @param end told how it ended
   */
  void start(String name, Duration life, Runnable work, End end) {
    new Actor(name, now.plus(life), false, work, end).go();
  }

  /** Starts a process of somebody who must change nothing. */
  void startIntruder(String name, Runnable work) {
    new Actor(name, now.plus(Duration.ofSeconds(15)), true, work, _ -> {}).go();
  }

  /** Lets others run for a while before the process that is running goes on. */
  void pause(Duration length) {
    Actor actor = current().orElseThrow();
    in(length, actor::go);
    actor.yieldTurn();
  }

  /** Has the running process do something last, if it gets that far. */
  void atEnd(Runnable work) {
    current().orElseThrow().last.add(work);
  }

  /** Hears how a process ended. */
  interface End {
    /**
     * The process is over.
     *
     * @param failure what ended it before its time, if anything did
     */
    void ended(Optional<Throwable> failure);
  }

  /** Something that runs and may die at each of its steps. */
  final class Actor {
    private final String name;
    private final Instant timeout;
    private final boolean intruder;
    private final End end;
    private final Thread thread;
    private final List<Runnable> last = new ArrayList<>();
    private @Nullable Thread scheduler;
    private volatile boolean turn;
    private volatile boolean over;
    private @Nullable Throwable failure;

    private Actor(String name, Instant timeout, boolean intruder, Runnable work, End end) {
      this.intruder = intruder;
      this.name = name;
      this.timeout = timeout;
      this.end = end;
      this.thread = Thread.ofVirtual().unstarted(() -> run(work));
    }

    String name() {
      return name;
    }

    /** Whether it is somebody's who must change nothing. */
    boolean isIntruder() {
      return intruder;
    }

    /** Whether its function would have been stopped by now. */
    boolean isTimedOut() {
      return now.isAfter(timeout);
    }

    private void run(Runnable work) {
      try {
        work.run();
        last.forEach(Runnable::run);
      } catch (Throwable e) {
        // Whatever it was, the scheduler's thread looks at it: a violation ends the world there.
        failure = e;
      }
      over = true;
      turn = false;
      LockSupport.unpark(scheduler);
    }

    private void go() {
      scheduler = Thread.currentThread();
      current = this;
      turn = true;
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      } else {
        LockSupport.unpark(thread);
      }
      while (turn) {
        LockSupport.park(this);
      }
      current = null;
      if (over) {
        if (failure instanceof Violation violation) {
          throw violation;
        }
        end.ended(Optional.ofNullable(failure));
      }
    }

    private void yieldTurn() {
      turn = false;
      LockSupport.unpark(scheduler);
      while (!turn) {
        LockSupport.park(this);
      }
    }
  }
}
