package io.riffhook.simulator.settings;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The settings in force, and how much of each "first n" among them is left. Safe for use by several
 * threads.
 */
public final class LiveSettings {
  private volatile Active active;

  public LiveSettings(SimulatorSettings settings) {
    this.active = new Active(settings);
  }

  public SimulatorSettings get() {
    return active.settings;
  }

  /** Puts other settings in force; every "first n", and the credits, count anew. */
  public void set(SimulatorSettings settings) {
    active = new Active(settings);
  }

  /** Whether this create is among those that get the 429 of the service behind. */
  public boolean takeTooManyRequests() {
    return take(active.tooManyRequests);
  }

  /** Whether this create is among those that get a 5xx. */
  public boolean takeServerError() {
    return take(active.serverErrors);
  }

  /** Whether this create is among those whose connection is closed. */
  public boolean takeDrop() {
    return take(active.drops);
  }

  /** Whether this create is among those whose answer is late. */
  public boolean takeDelay() {
    return take(active.delays);
  }

  /** Whether this media answer is among those that are cut. */
  public boolean takeCut() {
    return take(active.cuts);
  }

  /** Whether this media answer is among those of a busy server. */
  public boolean takeBusy() {
    return take(active.busy);
  }

  /** Whether this media answer is among those that are an HTML page. */
  public boolean takeHtml() {
    return take(active.pages);
  }

  /** The credits that are left. */
  public int credits() {
    return active.credits.get();
  }

  /** Takes credits, all or none; false when there are not so many. */
  public boolean takeCredits(int amount) {
    AtomicInteger credits = active.credits;
    return credits.getAndUpdate(left -> left < amount ? left : left - amount) >= amount;
  }

  /** Gives credits back. */
  public void refundCredits(int amount) {
    active.credits.addAndGet(amount);
  }

  private static boolean take(AtomicInteger left) {
    return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }

  /** Settings with their counters. */
  private static final class Active {
    private final SimulatorSettings settings;
    private final AtomicInteger tooManyRequests;
    private final AtomicInteger serverErrors;
    private final AtomicInteger drops;
    private final AtomicInteger delays;
    private final AtomicInteger cuts;
    private final AtomicInteger busy;
    private final AtomicInteger pages;
    private final AtomicInteger credits;

    Active(SimulatorSettings settings) {
      this.settings = settings;
      this.tooManyRequests = new AtomicInteger(settings.create().tooManyRequestsFirst());
      this.serverErrors = new AtomicInteger(settings.create().serverErrorFirst());
      this.drops = new AtomicInteger(settings.create().dropFirst());
      this.delays = new AtomicInteger(settings.create().delayFirst());
      this.cuts = new AtomicInteger(settings.media().cutFirst());
      this.busy = new AtomicInteger(settings.media().busyFirst());
      this.pages = new AtomicInteger(settings.media().htmlFirst());
      this.credits = new AtomicInteger(settings.account().credits());
    }
  }
}
