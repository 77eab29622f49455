package io.riffhook.authorizer;

import io.riffhook.domain.Settings;
import io.riffhook.domain.WebUrl;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose JWTs are taken.
 *
 * @param url what the {@code iss} of a token must be, to the letter, and where the issuer tells of
 *     itself under {@code /.well-known/openid-configuration}
 * @param audiences whom a token must be for, one of them: without that, one that the issuer gave to
 *     its user for any other service would open this one
 * @param ownerClaim the claim that names the owner
 * @param oneMachine whether plain HTTP to loopback is taken
 */
record Issuer(String url, Set<String> audiences, String ownerClaim, boolean oneMachine) {
  Issuer {
    audiences = Set.copyOf(audiences);
  }

  /** The issuer in the settings, or empty where there is none. */
  static Optional<Issuer> of(Settings settings) {
    return settings
        .find("RIFFHOOK_JWT_ISSUER")
        .map(
            url ->
                new Issuer(
                    url,
                    Stream.of(settings.require("RIFFHOOK_JWT_AUDIENCE").split("[,\\s]+"))
                        .collect(Collectors.toSet()),
                    settings.find("RIFFHOOK_JWT_OWNER_CLAIM").orElse("sub"),
                    settings.isOneMachine()));
  }

  /** Whether keys can be fetched from there without somebody in between putting in his own. */
  boolean isSafe(URI from) {
    return WebUrl.read(from) instanceof WebUrl.Reading.Read(WebUrl url)
        && (url.isSecure()
            || (oneMachine && Set.of("127.0.0.1", "localhost", "[::1]").contains(url.host())));
  }
}
