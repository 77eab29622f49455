package io.riffhook.simulator.work;

import io.riffhook.simulator.settings.CallbackSettings;

/** A job of one provider, with one song or several, that takes a while. */
public interface Work {
  /** Names it in logs. */
  String id();

  /** The text in which {@code generation.failing} is looked for. */
  String text();

  /** Ends it: reads show the end from now on. */
  void finish(Ending ending);

  /** Tells whoever asked for it; does nothing when nobody is to be called. */
  void tell(Notice notice, CallbackSettings how) throws InterruptedException;
}
