package io.riffhook.domain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Counts the calls of ports, keeps their order, and makes them fail: the process dies, or the call
 * throws. Either happens before a call takes effect, or after it and before the caller hears of it.
 */
final class Faults {
  private final List<String> calls = new ArrayList<>();
  private final Map<Integer, Kind> planned = new HashMap<>();
  private Predicate<String> outage = _ -> false;
  private int steps;

  /** What goes wrong at a step. */
  enum Kind {
    /** The process dies. */
    CRASH,
    /** The call throws, and the process goes on. */
    OUTAGE
  }

  /**
   * The process is gone: whatever ran stops here. It is an error, because no code of ours may catch
   * it and go on.
   */
  static final class CrashException extends Error {
    private static final long serialVersionUID = 1L;

    CrashException(String where) {
      super(where);
    }
  }

  /** A service did not answer, or said no. */
  static final class OutageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutageException(String where) {
      super(where);
    }
  }

  /** Plans a crash at a step, the first being 1. Each call has two steps. */
  void crashAt(int step) {
    failAt(step, Kind.CRASH);
  }

  /** Plans a fault at a step, the first being 1. Each call has two steps. */
  void failAt(int step, Kind kind) {
    planned.put(step, kind);
  }

  /**
   * Makes every step fail that matches, from now on.
   *
   * @param where matches {@code before Port.method} and {@code after Port.method}
   */
  void failWhen(Predicate<String> where) {
    outage = where;
  }

  /** How many steps there were. */
  int steps() {
    return steps;
  }

  /** The calls so far, as {@code Port.method}. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  /** The port, watched. */
  <T> T around(Class<T> port, T target) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              String call = port.getSimpleName() + "." + method.getName();
              calls.add(call);
              step("before " + call);
              try {
                Object result = method.invoke(target, arguments);
                step("after " + call);
                return result;
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            }));
  }

  private void step(String where) {
    steps++;
    Kind kind = planned.get(steps);
    if (kind == Kind.CRASH) {
      throw new CrashException(where);
    }
    if (kind == Kind.OUTAGE || outage.test(where)) {
      throw new OutageException(where);
    }
  }
}
