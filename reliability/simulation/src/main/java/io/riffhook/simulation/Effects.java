package io.riffhook.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps of processes. Before and after each call of a port its process may die, the call may
 * fail, and others may run.
 */
final class Effects {
  /** What asks nobody anything. */
  private static final Set<String> PURE =
      Set.of("capabilities", "parseCallback", "toString", "hashCode", "equals", "refusal");

  private static final Map<Method, Step> STEPS = new ConcurrentHashMap<>();

  private final Agenda agenda;
  private final Dice dice;
  private final Weather weather;
  private final Deque<Line> trace = new ArrayDeque<>();
  private final int memory;
  private long steps;
  private long deaths;
  private long outages;
  private long hash = 1;

  private record Step(String before, String after, boolean pure) {
    private static Step of(Method method) {
      String call = method.getDeclaringClass().getSimpleName() + "." + method.getName();
      return new Step(call, call + " done", PURE.contains(method.getName()));
    }
  }

  private record Line(Instant at, String who, String what) {}

  /**
   * @param memory how many lines are kept of what happened
   */
  Effects(Agenda agenda, Dice dice, Weather weather, int memory) {
    this.memory = memory;
    this.agenda = agenda;
    this.dice = dice;
    this.weather = weather;
  }

  /** Adds what happened to a tally. */
  void count(Tally tally) {
    tally.steps += steps;
    tally.deaths += deaths;
    tally.outages += outages;
  }

  /** Differs where two worlds took different ways. */
  long hash() {
    return hash;
  }

  /** The last steps, oldest first. */
  List<String> trace() {
    return trace.stream().map(line -> line.at() + " " + line.who() + ": " + line.what()).toList();
  }

  /** Keeps a line for whoever looks at what went wrong. */
  void note(String line) {
    hash = 31 * hash + line.hashCode();
    if (memory == 0) {
      return;
    }
    if (trace.size() == memory) {
      trace.removeFirst();
    }
    trace.add(
        new Line(agenda.instant(), agenda.current().map(Agenda.Actor::name).orElse("-"), line));
  }

  /** A port, every call of which is two steps. */
  <T> T around(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              try {
                Step step = STEPS.computeIfAbsent(method, Step::of);
                if (step.pure() || agenda.current().isEmpty()) {
                  return method.invoke(target, arguments);
                }
                step(step.before());
                Object result = method.invoke(target, arguments);
                step(step.after());
                return result;
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            }));
  }

  /** Where the running process may die, fail, or wait for others. */
  void step(String where) {
    Agenda.Actor actor = agenda.current().orElseThrow();
    steps++;
    note(where);
    if (weather.has(Rates::kill)) {
      deaths++;
      note("dies");
      throw new Killed(where);
    }
    if (weather.has(Rates::outage)) {
      outages++;
      note("fails");
      throw new Outage(where);
    }
    if (weather.has(Rates::pause)) {
      agenda.pause(dice.late(Duration.ofMillis(200)));
    }
    if (actor.isTimedOut()) {
      deaths++;
      note("times out");
      throw new Killed("timed out at " + where);
    }
  }
}
