package io.riffhook.simulator.settings;

import java.util.function.UnaryOperator;

/**
 * How the simulator behaves, and misbehaves. Immutable; a running simulator takes new ones at any
 * time.
 *
 * @param token the bearer token that callers must send
 * @param create how create calls are answered
 * @param generation how songs are made
 * @param callbacks how callers are called back
 * @param media how files are served
 * @param faults what is wrong with the service
 */
public record SimulatorSettings(
    String token,
    CreateSettings create,
    GenerationSettings generation,
    CallbackSettings callbacks,
    MediaSettings media,
    FaultSettings faults) {

  /** The settings of a simulator nobody has changed. */
  public static SimulatorSettings defaults() {
    return new SimulatorSettings(
        "user:1000-simulator",
        CreateSettings.defaults(),
        GenerationSettings.defaults(),
        CallbackSettings.defaults(),
        MediaSettings.defaults(),
        FaultSettings.defaults());
  }

  /** These settings with another {@code token}. */
  public SimulatorSettings withToken(String token) {
    return new SimulatorSettings(token, create, generation, callbacks, media, faults);
  }

  /** These settings with another {@code create}. */
  public SimulatorSettings withCreate(CreateSettings create) {
    return new SimulatorSettings(token, create, generation, callbacks, media, faults);
  }

  /** These settings with another {@code generation}. */
  public SimulatorSettings withGeneration(GenerationSettings generation) {
    return new SimulatorSettings(token, create, generation, callbacks, media, faults);
  }

  /** These settings with another {@code callbacks}. */
  public SimulatorSettings withCallbacks(CallbackSettings callbacks) {
    return new SimulatorSettings(token, create, generation, callbacks, media, faults);
  }

  /** These settings with another {@code media}. */
  public SimulatorSettings withMedia(MediaSettings media) {
    return new SimulatorSettings(token, create, generation, callbacks, media, faults);
  }

  /** These settings with another {@code faults}. */
  public SimulatorSettings withFaults(FaultSettings faults) {
    return new SimulatorSettings(token, create, generation, callbacks, media, faults);
  }

  /** These settings with {@code create} changed: {@code settings.create(c -> c.with…)}. */
  public SimulatorSettings create(UnaryOperator<CreateSettings> change) {
    return new SimulatorSettings(token, change.apply(create), generation, callbacks, media, faults);
  }

  /** These settings with {@code generation} changed: {@code settings.generation(c -> c.with…)}. */
  public SimulatorSettings generation(UnaryOperator<GenerationSettings> change) {
    return new SimulatorSettings(token, create, change.apply(generation), callbacks, media, faults);
  }

  /** These settings with {@code callbacks} changed: {@code settings.callbacks(c -> c.with…)}. */
  public SimulatorSettings callbacks(UnaryOperator<CallbackSettings> change) {
    return new SimulatorSettings(token, create, generation, change.apply(callbacks), media, faults);
  }

  /** These settings with {@code media} changed: {@code settings.media(c -> c.with…)}. */
  public SimulatorSettings media(UnaryOperator<MediaSettings> change) {
    return new SimulatorSettings(token, create, generation, callbacks, change.apply(media), faults);
  }

  /** These settings with {@code faults} changed: {@code settings.faults(c -> c.with…)}. */
  public SimulatorSettings faults(UnaryOperator<FaultSettings> change) {
    return new SimulatorSettings(token, create, generation, callbacks, media, change.apply(faults));
  }
}
