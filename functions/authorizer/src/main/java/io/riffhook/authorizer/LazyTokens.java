package io.riffhook.authorizer;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens of the issuer in the settings. Whatever that takes is loaded, and the issuer
 * asked, when the first token comes: most systems have keys alone. If the settings name another
 * issuer later, its tokens are verified from then on.
 */
final class LazyTokens implements Tokens {
  private final Supplier<Optional<Issuer>> issuer;
  private final InstantSource clock;
  private @Nullable Issuer known;
  private @Nullable Tokens tokens;

  LazyTokens(Supplier<Optional<Issuer>> issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public Verdict verify(String token) {
    Optional<Issuer> from = issuer.get();
    return from.isPresent()
        ? of(from.get()).verify(token)
        : new Verdict.Invalid("a token that is no key, and no issuer is set");
  }

  private synchronized Tokens of(Issuer from) {
    Tokens made = tokens;
    if (made == null || !from.equals(known)) {
      made = new IssuedTokens(from, clock);
      known = from;
      tokens = made;
    }
    return made;
  }
}
