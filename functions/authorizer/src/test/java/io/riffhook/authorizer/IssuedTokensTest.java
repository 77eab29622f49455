package io.riffhook.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.riffhook.authorizer.Tokens.IssuerException;
import io.riffhook.authorizer.Tokens.Verdict;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Settings;
import io.riffhook.domain.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("JWTs of the issuer that is set")
final class IssuedTokensTest {
  private static final Verdict VALID = new Verdict.Valid(new Owner("alice"));
  private static final String CLAIMS =
      "a JWT whose issuer, audience, times or claims are not right";
  private static final String HEADER = "a JWT whose type, algorithm, key or signature is not right";

  private final TestIssuer issuer;
  private final TestClock clock = new TestClock(TestIssuer.NOW);
  private final Map<String, String> settings = new HashMap<>();

  IssuedTokensTest() throws IOException {
    issuer = new TestIssuer();
    settings.put("RIFFHOOK_ONE_MACHINE", "true");
    settings.put("RIFFHOOK_JWT_ISSUER", issuer.url());
    settings.put("RIFFHOOK_JWT_AUDIENCE", "riffhook, riffhook-test");
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private Tokens tokens() {
    Settings read = name -> Optional.ofNullable(settings.get(name));
    return new LazyTokens(() -> Issuer.of(read), clock);
  }

  private static Verdict invalid(String why) {
    return new Verdict.Invalid(why);
  }

  private static Date at(Duration fromNow) {
    return Date.from(TestIssuer.NOW.plus(fromNow));
  }

  @Test
  void shouldTakeATokenOfTheIssuer() {
    JWTClaimsSet claims = issuer.claims().build();
    Tokens tokens = tokens();

    assertThat(tokens.verify(TestIssuer.signed(claims))).isEqualTo(VALID);
    assertThat(
            tokens.verify(TestIssuer.signed(JWSAlgorithm.ES256, TestIssuer.EC, "at+jwt", claims)))
        .isEqualTo(VALID);
    assertThat(tokens.verify(TestIssuer.signed(JWSAlgorithm.PS256, TestIssuer.RSA, "JWT", claims)))
        .isEqualTo(VALID);
    assertThat(issuer.asked()).as("its keys are kept").isEqualTo(1);
  }

  @Test
  void shouldTakeTheClientForTheAudienceWhereThereIsNone() {
    JWTClaimsSet.Builder claims = issuer.claims().audience((String) null);

    assertThat(tokens().verify(TestIssuer.signed(claims.claim("client_id", "riffhook").build())))
        .isEqualTo(VALID);
    assertThat(tokens().verify(TestIssuer.signed(claims.claim("client_id", "other").build())))
        .isEqualTo(invalid(CLAIMS));
    assertThat(
            tokens()
                .verify(
                    TestIssuer.signed(
                        claims.audience("other").claim("client_id", "riffhook").build())))
        .isEqualTo(invalid(CLAIMS));
  }

  @Test
  void shouldNameTheOwnerByTheClaimThatIsSet() {
    settings.put("RIFFHOOK_JWT_OWNER_CLAIM", "tenant");
    String token = TestIssuer.signed(issuer.claims().claim("tenant", "shop").build());
    String without = TestIssuer.signed(issuer.claims().build());

    assertThat(tokens().verify(token)).isEqualTo(new Verdict.Valid(new Owner("shop")));
    assertThat(tokens().verify(without)).isEqualTo(invalid(CLAIMS));
  }

  @Test
  void shouldNotMakeAnOwnerOfWhatIsNoOwnersName() {
    for (Object subject : List.of("auth0|5f7c", "a/../b", "")) {
      String token = TestIssuer.signed(issuer.claims().claim("sub", subject).build());
      assertThat(tokens().verify(token))
          .as("%s", subject)
          .isEqualTo(invalid("a JWT whose claim sub is no name of an owner"));
    }
    settings.put("RIFFHOOK_JWT_OWNER_CLAIM", "tenant");
    assertThat(tokens().verify(TestIssuer.signed(issuer.claims().claim("tenant", 42).build())))
        .isEqualTo(invalid("a JWT whose claim tenant is no name of an owner"));
  }

  @Test
  void shouldAllowForAMinuteBetweenClocks() {
    assertThat(tokens().verify(expiring(Duration.ofSeconds(-59)))).isEqualTo(VALID);
    assertThat(tokens().verify(expiring(Duration.ofSeconds(-61))))
        .isEqualTo(invalid("an expired JWT"));
  }

  private String expiring(Duration fromNow) {
    return TestIssuer.signed(issuer.claims().expirationTime(at(fromNow)).build());
  }

  @TestFactory
  Stream<DynamicTest> shouldRefuse() {
    JWTClaimsSet good = issuer.claims().build();
    String signed = TestIssuer.signed(good);
    ECKey impostor = TestIssuer.ec(TestIssuer.EC.getKeyID());
    String[] parts = signed.split("\\.");
    String mallory = TestIssuer.signed(issuer.claims().subject("mallory").build()).split("\\.")[1];
    Tokens tokens = tokens();
    return Stream.of(
            new Attack(
                "another issuer",
                TestIssuer.signed(issuer.claims().issuer("https://evil.example").build()),
                CLAIMS),
            new Attack(
                "no issuer", TestIssuer.signed(issuer.claims().issuer(null).build()), CLAIMS),
            new Attack(
                "another audience",
                TestIssuer.signed(issuer.claims().audience("another-app").build()),
                CLAIMS),
            new Attack(
                "no audience",
                TestIssuer.signed(issuer.claims().audience((String) null).build()),
                CLAIMS),
            new Attack("expired", expiring(Duration.ofHours(-1)), "an expired JWT"),
            new Attack(
                "without an end",
                TestIssuer.signed(issuer.claims().expirationTime(null).build()),
                CLAIMS),
            new Attack(
                "not yet begun",
                TestIssuer.signed(issuer.claims().notBeforeTime(at(Duration.ofHours(1))).build()),
                CLAIMS),
            new Attack("alg none", new PlainJWT(good).serialize(), HEADER),
            new Attack(
                "signature left out", parts[0] + "." + parts[1] + ".", "neither a key nor a JWT"),
            new Attack("claims exchanged", parts[0] + "." + mallory + "." + parts[2], HEADER),
            new Attack(
                "signed by another key of the same id",
                TestIssuer.signed(JWSAlgorithm.ES256, impostor, "JWT", good),
                HEADER),
            new Attack(
                "the public key as HMAC secret", TestIssuer.signedByThePublicKey(good), HEADER),
            new Attack(
                "another kind of token",
                TestIssuer.signed(JWSAlgorithm.RS256, TestIssuer.RSA, "logout+jwt", good),
                HEADER),
            new Attack("no JWT", "abcdef", "neither a key nor a JWT"),
            new Attack("nonsense in three parts", "a.b.c", "neither a key nor a JWT"))
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.name(),
                    () ->
                        assertThat(tokens.verify(attack.token()))
                            .isEqualTo(invalid(attack.why()))));
  }

  private record Attack(String name, String token, String why) {}

  @Test
  void shouldNotAskTheIssuerForEachMadeUpKeyId() {
    Tokens tokens = tokens();
    for (int i = 0; i < 20; i++) {
      String token =
          TestIssuer.signed(
              JWSAlgorithm.ES256, TestIssuer.ec("made-up-" + i), "JWT", issuer.claims().build());
      assertThat(tokens.verify(token)).isInstanceOf(Verdict.Invalid.class);
    }
    assertThat(issuer.asked()).isLessThan(6);
    assertThat(tokens.verify(TestIssuer.signed(issuer.claims().build()))).isEqualTo(VALID);
  }

  @Test
  void shouldLearnANewKeyOfTheIssuer() {
    Tokens tokens = tokens();
    tokens.verify(TestIssuer.signed(issuer.claims().build()));
    ECKey next = TestIssuer.ec("ec-2");
    issuer.rotateTo(next);

    assertThat(
            tokens.verify(
                TestIssuer.signed(JWSAlgorithm.ES256, next, "JWT", issuer.claims().build())))
        .isEqualTo(VALID);
  }

  @Test
  void shouldThrowWhereTheIssuerCannotBeAsked() {
    String token = TestIssuer.signed(issuer.claims().build());
    Tokens tokens = tokens();
    issuer.close();

    assertThatExceptionOfType(IssuerException.class)
        .isThrownBy(() -> tokens.verify(token))
        .withMessage("the issuer " + issuer.url() + " does not tell of itself");
  }

  @Test
  void shouldThrowWhereTheIssuersKeysCannotBeHad() {
    issuer.answer(
        "/broken/.well-known/openid-configuration",
        "{\"issuer\": \"%1$s/broken\", \"jwks_uri\": \"%1$s/none\"}".formatted(issuer.url()));
    settings.put("RIFFHOOK_JWT_ISSUER", issuer.url() + "/broken");
    String token = TestIssuer.signed(issuer.claims().issuer(issuer.url() + "/broken").build());

    assertThatExceptionOfType(IssuerException.class)
        .isThrownBy(() -> tokens().verify(token))
        .withMessage("the keys of " + issuer.url() + "/broken cannot be had");
  }

  @Test
  void shouldNotBelieveAnIssuerThatIsAnother() {
    issuer.answer(
        "/other/.well-known/openid-configuration",
        "{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(issuer.url()));
    settings.put("RIFFHOOK_JWT_ISSUER", issuer.url() + "/other");

    assertThatExceptionOfType(IssuerException.class)
        .isThrownBy(() -> tokens().verify("a.b.c"))
        .withMessageStartingWith("RIFFHOOK_JWT_ISSUER is not what the document at");
  }

  @Test
  void shouldNotFetchKeysInTheClear() {
    settings.put("RIFFHOOK_JWT_ISSUER", "http://issuer.example");
    assertThatExceptionOfType(IssuerException.class)
        .isThrownBy(() -> tokens().verify("a.b.c"))
        .withMessage("http://issuer.example/.well-known/openid-configuration is not an https URL");

    issuer.answer(
        "/clear/.well-known/openid-configuration",
        "{\"issuer\": \"%s/clear\", \"jwks_uri\": \"file:///etc/passwd\"}".formatted(issuer.url()));
    settings.put("RIFFHOOK_JWT_ISSUER", issuer.url() + "/clear");
    assertThatExceptionOfType(IssuerException.class)
        .isThrownBy(() -> tokens().verify("a.b.c"))
        .withMessage("file:///etc/passwd is not an https URL");

    settings.remove("RIFFHOOK_ONE_MACHINE");
    settings.put("RIFFHOOK_JWT_ISSUER", issuer.url());
    assertThatExceptionOfType(IssuerException.class)
        .isThrownBy(() -> tokens().verify("a.b.c"))
        .withMessageEndingWith("is not an https URL");
  }

  @Test
  void shouldWantAnAudience() {
    settings.remove("RIFFHOOK_JWT_AUDIENCE");

    assertThatExceptionOfType(Settings.MissingSettingException.class)
        .isThrownBy(() -> tokens().verify("a.b.c"))
        .withMessage("the setting RIFFHOOK_JWT_AUDIENCE is missing");
  }

  @Test
  void shouldTakeNoTokenWithoutAnIssuer() {
    settings.remove("RIFFHOOK_JWT_ISSUER");

    assertThat(tokens().verify(TestIssuer.signed(issuer.claims().build())))
        .isEqualTo(invalid("a token that is no key, and no issuer is set"));
  }
}
