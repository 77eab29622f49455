package io.riffhook.domain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Counts the calls of ports, keeps their order, and lets the process die at one of them: before it
 * takes effect, or after it and before anybody hears of it.
 */
final class Faults {
  private final List<String> calls = new ArrayList<>();
  private int crashAt = Integer.MAX_VALUE;
  private int steps;

  /** The process is gone: whatever ran stops here. */
  static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CrashException(String where) {
      super(where);
    }
  }

  /** Dies once, at this step, the first being 1. Each call has two steps. */
  void crashAt(int step) {
    crashAt = step;
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
    if (steps == crashAt) {
      throw new CrashException(where);
    }
  }
}
