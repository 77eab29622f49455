package io.riffhook.local.host;

import io.riffhook.local.template.Function;
import java.util.Map;

/** What runs functions: this process, or others that it starts. */
@FunctionalInterface
public interface FunctionRuntime {

  /** Makes what runs a function with these environment variables. */
  FunctionRunner runner(Function function, Map<String, String> environment);

  /** Runs the functions that are on the class path, in this process. */
  static FunctionRuntime inProcess() {
    return (function, environment) ->
        new HandlerRunner(HandlerFactory.of(function.handlerClass(), environment));
  }
}
