package io.riffhook.simulator.calls;

import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.LiveSettings;
import java.util.Optional;
import java.util.regex.Pattern;

/** The faults of calls that create songs. Each provider words the refusals itself. */
public final class CreateFaults {
  private final LiveSettings settings;

  public CreateFaults(LiveSettings settings) {
    this.settings = settings;
  }

  /** Why a create is not accepted. */
  public sealed interface Refusal {
    /**
     * The service fails.
     *
     * @param status 500 to 599
     */
    record ServerError(int status) implements Refusal {}

    /** The service behind takes no more for now. */
    record TooManyRequests() implements Refusal {}

    /** The words are not allowed. */
    record Moderated() implements Refusal {}
  }

  /**
   * Whether and why a create whose fields are right is refused all the same.
   *
   * @param text all that the caller wrote
   */
  public Optional<Refusal> refusal(String text) {
    if (settings.takeServerError()) {
      return Optional.of(new Refusal.ServerError(settings.get().create().serverErrorStatus()));
    }
    if (settings.takeTooManyRequests()) {
      return Optional.of(new Refusal.TooManyRequests());
    }
    return Pattern.compile(settings.get().create().moderated()).matcher(text).find()
        ? Optional.of(new Refusal.Moderated())
        : Optional.empty();
  }

  /** The answer to a create that was accepted: as it is, late, or lost. */
  public Reply accepted(Reply answer) {
    if (settings.takeDrop()) {
      return new Reply.DroppedReply();
    }
    return settings.takeDelay()
        ? new Reply.LateReply(settings.get().create().answerDelay(), answer)
        : answer;
  }
}
