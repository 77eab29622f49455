package io.riffhook.domain;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Builds the URLs that providers call back. */
public final class CallbackUrls {
  private static final String PUBLIC_URL = "RIFFHOOK_PUBLIC_URL";
  private static final String SECRETS = "RIFFHOOK_CALLBACK_SECRETS";

  private final Supplier<Optional<URI>> publicUrl;
  private final Supplier<CallbackTokens> tokens;

  /**
   * Builds URLs below a public one. Without it, providers cannot call back.
   *
   * @param publicUrl read at each use, because its value may have to be fetched and may change
   * @param tokens read at each use, for the same reasons
   */
  public CallbackUrls(Supplier<Optional<URI>> publicUrl, Supplier<CallbackTokens> tokens) {
    this.publicUrl = publicUrl;
    this.tokens = tokens;
  }

  /** Builds URLs below a public one that never changes. */
  public CallbackUrls(Optional<URI> publicUrl, Supplier<CallbackTokens> tokens) {
    this(() -> publicUrl, tokens);
  }

  /** Builds URLs by {@code RIFFHOOK_PUBLIC_URL} and {@code RIFFHOOK_CALLBACK_SECRETS}. */
  public static CallbackUrls from(Settings settings) {
    return new CallbackUrls(
        () -> settings.find(PUBLIC_URL).map(CallbackUrls::parse),
        () -> tokens(settings.require(SECRETS)));
  }

  private static URI parse(String text) {
    if (WebUrl.read(text) instanceof WebUrl.Reading.Read(WebUrl url)
        && url.user().isEmpty()
        && url.target().indexOf('?') < 0
        && text.indexOf('#') < 0) {
      return url.uri();
    }
    throw new Settings.UnusableSettingException(
        PUBLIC_URL + " must be an http or https URL with a host, without a query or fragment");
  }

  private static CallbackTokens tokens(String secrets) {
    try {
      return CallbackTokens.fromSetting(secrets);
    } catch (IllegalArgumentException e) {
      throw Settings.UnusableSettingException.invalid(e);
    }
  }

  /**
   * Returns whether a public URL is set. If it is set and its value is unusable, this is true: the
   * call to the provider waits until the URL can be read.
   */
  public boolean reachable() {
    try {
      return publicUrl.get().isPresent();
    } catch (Settings.UnusableSettingException _) {
      return true;
    }
  }

  /**
   * Returns the callback URL of a job's current attempt, if it has one.
   *
   * @throws Settings.UnusableSettingException if the public URL or the secrets are unusable
   */
  public Optional<URI> of(Job job) {
    if (!job.callbacks()) {
      return Optional.empty();
    }
    return publicUrl
        .get()
        .map(
            base ->
                URI.create(
                    base.toString().replaceAll("/+$", "")
                        + "/callbacks/"
                        + job.provider()
                        + "/"
                        + job.id()
                        + "/"
                        + tokens.get().token(job.provider(), job.id(), job.attempt())));
  }
}
