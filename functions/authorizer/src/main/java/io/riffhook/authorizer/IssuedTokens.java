package io.riffhook.authorizer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.riffhook.domain.Owner;
import io.riffhook.domain.WebUrl;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JWTs of one issuer, verified by its public keys (OpenID Connect Discovery 1.0, RFC 7517, RFC
 * 7519). Only signatures by RSA and elliptic curves are taken: never {@code none}, and never an
 * HMAC, for which somebody could pass off a public key as the secret.
 *
 * <p>Safe for use by several threads.
 */
final class IssuedTokens implements Tokens {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(30);
  private static final Duration OUTAGE = Duration.ofHours(1);

  /** All calls together must fit the ten seconds that the gateway gives an authorizer. */
  private static final int PATIENCE_MILLIS = 2_000;

  private static final int MAX_DOCUMENT = 256 * 1024;

  private final Issuer issuer;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  IssuedTokens(Issuer issuer, InstantSource clock) {
    this.issuer = issuer;
    Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
    algorithms.addAll(JWSAlgorithm.Family.EC);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys(issuer)));
    // Access tokens may be marked as such (RFC 9068); anything else is no token for an API.
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(new IssuedClaims(issuer, clock));
  }

  private static JWKSource<SecurityContext> keys(Issuer issuer) {
    DefaultResourceRetriever web =
        new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS, MAX_DOCUMENT);
    return JWKSourceBuilder.<SecurityContext>create(keysUrl(issuer, web), web)
        .cache(KEPT.toMillis(), 2L * PATIENCE_MILLIS)
        // In the background nothing runs on Lambda.
        .refreshAheadCache(false)
        // A token with a made-up key id must not have us ask the issuer each time.
        .rateLimited(ASKED_AGAIN.toMillis())
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  private static URL keysUrl(Issuer issuer, DefaultResourceRetriever web) {
    try {
      URI discovery =
          WebUrl.require(
                  "RIFFHOOK_JWT_ISSUER",
                  issuer.url().replaceAll("/+$", "") + "/.well-known/openid-configuration")
              .uri();
      Map<String, Object> document =
          JSONObjectUtils.parse(web.retrieveResource(safe(issuer, discovery)).getContent());
      if (!issuer.url().equals(JSONObjectUtils.getString(document, "issuer"))) {
        throw new IssuerException(
            "RIFFHOOK_JWT_ISSUER is not what the document at " + discovery + " says of itself");
      }
      URI keys =
          Optional.ofNullable(JSONObjectUtils.getString(document, "jwks_uri"))
              .map(IssuedTokens::read)
              .orElseThrow(() -> new IssuerException(discovery + " names no jwks_uri"));
      return safe(issuer, keys);
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw new IssuerException("the issuer " + issuer.url() + " does not tell of itself", e);
    }
  }

  private static URI read(String url) {
    return switch (WebUrl.read(url)) {
      case WebUrl.Reading.Read read -> read.url().uri();
      case WebUrl.Reading.Unreadable _ -> throw new IssuerException(url + " is not an https URL");
    };
  }

  private static URL safe(Issuer issuer, URI url) throws MalformedURLException {
    if (!issuer.isSafe(url)) {
      throw new IssuerException(url + " is not an https URL");
    }
    return url.toURL();
  }

  @Override
  public Verdict verify(String token) {
    try {
      return owner(processor.process(token, null));
    } catch (ParseException e) {
      return new Verdict.Invalid("neither a key nor a JWT");
    } catch (ExpiredJWTException e) {
      return new Verdict.Invalid("an expired JWT");
    } catch (BadJWTException e) {
      return new Verdict.Invalid("a JWT whose issuer, audience, times or claims are not right");
    } catch (BadJOSEException e) {
      return new Verdict.Invalid("a JWT whose type, algorithm, key or signature is not right");
    } catch (RateLimitReachedException e) {
      return new Verdict.Invalid("a JWT whose key the issuer did not have a moment ago");
    } catch (JOSEException e) {
      throw new IssuerException("the keys of " + issuer.url() + " cannot be had", e);
    }
  }

  private Verdict owner(JWTClaimsSet claims) {
    return Optional.ofNullable(claims.getClaim(issuer.ownerClaim()))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(Owner::isValid)
        .<Verdict>map(name -> new Verdict.Valid(new Owner(name)))
        .orElseGet(
            () ->
                new Verdict.Invalid(
                    "a JWT whose claim " + issuer.ownerClaim() + " is no name of an owner"));
  }
}
