package io.riffhook.authorizer;

import io.riffhook.domain.ApiKey;
import io.riffhook.domain.ApiKeyId;
import io.riffhook.domain.ApiKeySecret;
import io.riffhook.domain.AuthenticateKey;
import io.riffhook.lambda.Authorization.Decision;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by an {@code Authorization} header. Every refusal looks the same from outside; the log
 * says which it was, and by its id which key, but never the key or token.
 */
final class Authorizer {
  /** RFC 6750, section 2.1; the scheme's name in any case, by RFC 9110, section 11.1. */
  private static final Pattern BEARER =
      Pattern.compile("Bearer +([A-Za-z0-9._~+/=-]+)", Pattern.CASE_INSENSITIVE);

  private static final Logger LOG = LoggerFactory.getLogger(Authorizer.class);

  private final AuthenticateKey keys;
  private final Tokens tokens;

  Authorizer(AuthenticateKey keys, Tokens tokens) {
    this.keys = keys;
    this.tokens = tokens;
  }

  Decision decide(String header) {
    Matcher bearer = BEARER.matcher(header);
    if (!bearer.matches()) {
      return refused("no bearer token", Optional.empty());
    }
    String token = bearer.group(1);
    return ApiKeySecret.looksLikeOne(token) ? byKey(token) : byToken(token);
  }

  private Decision byKey(String token) {
    return switch (keys.authenticate(token)) {
      case AuthenticateKey.Result.Known(ApiKey key) ->
          new Decision.Allowed(key.owner(), Optional.of(key.id().value()));
      case AuthenticateKey.Result.Malformed() -> refused("a malformed key", Optional.empty());
      case AuthenticateKey.Result.Unknown(ApiKeyId id) ->
          refused("an unknown key", Optional.of(id));
      case AuthenticateKey.Result.Revoked(ApiKey key) ->
          refused("a revoked key", Optional.of(key.id()));
      case AuthenticateKey.Result.Expired(ApiKey key) ->
          refused("an expired key", Optional.of(key.id()));
    };
  }

  private Decision byToken(String token) {
    return switch (tokens.verify(token)) {
      case Tokens.Verdict.Valid valid -> new Decision.Allowed(valid.owner(), Optional.empty());
      case Tokens.Verdict.Invalid invalid -> refused(invalid.why(), Optional.empty());
    };
  }

  private static Decision refused(String why, Optional<ApiKeyId> key) {
    LOG.warn("refused: {}{}", why, key.map(id -> " " + id).orElse(""));
    return new Decision.Denied();
  }
}
