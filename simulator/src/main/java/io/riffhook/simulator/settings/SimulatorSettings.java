package io.riffhook.simulator.settings;

import java.util.function.UnaryOperator;

/**
 * How the simulator behaves, and misbehaves. Immutable; a running simulator takes new ones at any
 * time.
 *
 * @param token the bearer token that callers must send
 * @param create how create calls are answered
 * @param generation how songs are made
 * @param polls how reads of work that is under way are answered
 * @param callbacks how callers are called back
 * @param webhooks how callbacks are signed
 * @param media how files are served
 * @param account the account behind the token
 * @param faults what is wrong with the service
 * @param providers what only one provider has
 */
public record SimulatorSettings(
    String token,
    CreateSettings create,
    GenerationSettings generation,
    PollSettings polls,
    CallbackSettings callbacks,
    WebhookSettings webhooks,
    MediaSettings media,
    AccountSettings account,
    FaultSettings faults,
    ProviderSettings providers) {

  /** The settings of a simulator nobody has changed. */
  public static SimulatorSettings defaults() {
    return new SimulatorSettings(
        "user:1000-simulator",
        CreateSettings.defaults(),
        GenerationSettings.defaults(),
        PollSettings.defaults(),
        CallbackSettings.defaults(),
        WebhookSettings.defaults(),
        MediaSettings.defaults(),
        AccountSettings.defaults(),
        FaultSettings.defaults(),
        ProviderSettings.defaults());
  }

  /** These settings with another {@code token}. */
  public SimulatorSettings withToken(String token) {
    return new SimulatorSettings(
        token, create, generation, polls, callbacks, webhooks, media, account, faults, providers);
  }

  /** These settings with {@code create} changed: {@code settings.create(c -> c.with…)}. */
  public SimulatorSettings create(UnaryOperator<CreateSettings> change) {
    return new SimulatorSettings(
        token,
        change.apply(create),
        generation,
        polls,
        callbacks,
        webhooks,
        media,
        account,
        faults,
        providers);
  }

  /** These settings with {@code generation} changed: {@code settings.generation(g -> g.with…)}. */
  public SimulatorSettings generation(UnaryOperator<GenerationSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        change.apply(generation),
        polls,
        callbacks,
        webhooks,
        media,
        account,
        faults,
        providers);
  }

  /** These settings with {@code polls} changed: {@code settings.polls(p -> p.with…)}. */
  public SimulatorSettings polls(UnaryOperator<PollSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        change.apply(polls),
        callbacks,
        webhooks,
        media,
        account,
        faults,
        providers);
  }

  /** These settings with {@code callbacks} changed: {@code settings.callbacks(c -> c.with…)}. */
  public SimulatorSettings callbacks(UnaryOperator<CallbackSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        polls,
        change.apply(callbacks),
        webhooks,
        media,
        account,
        faults,
        providers);
  }

  /** These settings with {@code webhooks} changed: {@code settings.webhooks(w -> w.with…)}. */
  public SimulatorSettings webhooks(UnaryOperator<WebhookSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        polls,
        callbacks,
        change.apply(webhooks),
        media,
        account,
        faults,
        providers);
  }

  /** These settings with {@code media} changed: {@code settings.media(m -> m.with…)}. */
  public SimulatorSettings media(UnaryOperator<MediaSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        polls,
        callbacks,
        webhooks,
        change.apply(media),
        account,
        faults,
        providers);
  }

  /** These settings with {@code account} changed: {@code settings.account(a -> a.with…)}. */
  public SimulatorSettings account(UnaryOperator<AccountSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        polls,
        callbacks,
        webhooks,
        media,
        change.apply(account),
        faults,
        providers);
  }

  /** These settings with {@code faults} changed: {@code settings.faults(f -> f.with…)}. */
  public SimulatorSettings faults(UnaryOperator<FaultSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        polls,
        callbacks,
        webhooks,
        media,
        account,
        change.apply(faults),
        providers);
  }

  /** These settings with {@code providers} changed: {@code settings.providers(p -> p.with…)}. */
  public SimulatorSettings providers(UnaryOperator<ProviderSettings> change) {
    return new SimulatorSettings(
        token,
        create,
        generation,
        polls,
        callbacks,
        webhooks,
        media,
        account,
        faults,
        change.apply(providers));
  }
}
