package io.riffhook.authorizer;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token must claim: our issuer, our audience, an end that is yet to come and, if it says so,
 * a begin that has been. Clocks may differ by a minute.
 *
 * <p>Where a token has no {@code aud}, its {@code client_id} stands for it, as in API Gateway's own
 * JWT authorizers: the access tokens of Amazon Cognito are such.
 */
final class IssuedClaims extends DefaultJWTClaimsVerifier<SecurityContext> {
  private final Set<String> audiences;
  private final InstantSource clock;

  IssuedClaims(Issuer issuer, InstantSource clock) {
    super(
        new JWTClaimsSet.Builder().issuer(issuer.url()).build(),
        Set.of("exp", issuer.ownerClaim()));
    this.audiences = issuer.audiences();
    this.clock = clock;
  }

  @Override
  protected Date currentTime() {
    return Date.from(clock.instant());
  }

  @Override
  public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
      throws BadJWTException {
    super.verify(claims, context);
    List<String> named = claims.getAudience();
    boolean ours =
        named.isEmpty()
            ? claims.getClaim("client_id") instanceof String client && audiences.contains(client)
            : named.stream().anyMatch(audiences::contains);
    if (!ours) {
      throw new BadJWTException("the token is for somebody else");
    }
  }
}
