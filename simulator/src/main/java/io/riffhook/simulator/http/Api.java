package io.riffhook.simulator.http;

/** A simulated provider, or anything else that answers calls on some paths of the host. */
public interface Api {
  /** Whether the path is this provider's. */
  boolean serves(String path);

  /** Answers a call; may block. */
  Reply answer(Call call);
}
