package io.riffhook.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.riffhook.domain.ApiKey;
import io.riffhook.domain.ApiKeyHash;
import io.riffhook.domain.ApiKeys;
import io.riffhook.domain.AuthenticateKey;
import io.riffhook.domain.InMemoryKeyStore;
import io.riffhook.domain.KeyStore;
import io.riffhook.domain.Owner;
import io.riffhook.domain.TestClock;
import io.riffhook.lambda.Authorization.Decision;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizerTest {
  private static final Owner ALICE = new Owner("alice");

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T02:25:14Z"));
  private final InMemoryKeyStore store = new InMemoryKeyStore();
  private final ApiKeys keys = new ApiKeys(store, new SecureRandom(), clock);
  private final Authorizer authorizer =
      new Authorizer(
          new AuthenticateKey(store, clock),
          token ->
              token.equals("a.good.token")
                  ? new Tokens.Verdict.Valid(ALICE)
                  : new Tokens.Verdict.Invalid("a bad token"));

  private ApiKeys.Created key(Duration life) {
    return keys.create(ALICE, Optional.empty(), Optional.of(life));
  }

  private Decision decide(ApiKeys.Created created) {
    return authorizer.decide("Bearer " + created.secret().reveal());
  }

  @Test
  void shouldLetAKeyIn() {
    ApiKeys.Created created = key(Duration.ofDays(1));
    Decision alice = new Decision.Allowed(ALICE, Optional.of(created.key().id().value()));

    assertThat(decide(created)).isEqualTo(alice);
    assertThat(authorizer.decide("bearer   " + created.secret().reveal())).isEqualTo(alice);
  }

  @Test
  void shouldLetATokenIn() {
    assertThat(authorizer.decide("Bearer a.good.token"))
        .isEqualTo(new Decision.Allowed(ALICE, Optional.empty()));
    assertThat(authorizer.decide("Bearer a.bad.token")).isEqualTo(new Decision.Denied());
  }

  @Test
  void shouldRefuseKeysThatNoLongerWork() {
    ApiKeys.Created revoked = key(Duration.ofDays(1));
    keys.revoke(revoked.key().id());
    ApiKeys.Created expired = key(Duration.ofSeconds(1));
    ApiKeys.Created never =
        new ApiKeys(new InMemoryKeyStore(), new SecureRandom(), clock)
            .create(ALICE, Optional.empty(), Optional.empty());
    clock.advance(Duration.ofSeconds(1));

    assertThat(List.of(decide(revoked), decide(expired), decide(never)))
        .containsOnly(new Decision.Denied());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer rk_",
        "Bearer rk_short",
        "Basic cmtfOnNlY3JldA==",
        "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261121/us-east-1/execute-api/aws4_request",
        "Bearer a.good.token,Bearer a.good.token",
        "Bearer a.good.token a.good.token",
        "xBearer a.good.token",
        "Bearer a.good.token\u0000",
        "Bearer\ta.good.token"
      })
  void shouldRefuseWhatIsNoBearerToken(String header) {
    assertThat(authorizer.decide(header)).isEqualTo(new Decision.Denied());
  }

  @Test
  void shouldRefuseAKeyWithoutItsScheme() {
    assertThat(authorizer.decide(key(Duration.ofDays(1)).secret().reveal()))
        .isEqualTo(new Decision.Denied());
  }

  @Test
  void shouldThrowWhereTheKeysCannotBeRead() {
    Authorizer blind =
        new Authorizer(
            new AuthenticateKey(new Out(), clock), _ -> new Tokens.Verdict.Invalid("none"));
    String key = key(Duration.ofDays(1)).secret().reveal();

    assertThatIllegalStateException()
        .isThrownBy(() -> blind.decide("Bearer " + key))
        .withMessage("the table is out");
  }

  /** A store that answers nobody. */
  private static final class Out implements KeyStore {
    private static IllegalStateException out() {
      return new IllegalStateException("the table is out");
    }

    @Override
    public void insert(ApiKey key) {
      throw out();
    }

    @Override
    public Optional<ApiKey> find(ApiKeyHash hash) {
      throw out();
    }

    @Override
    public List<ApiKey> all() {
      throw out();
    }

    @Override
    public Optional<ApiKey> revoke(ApiKeyHash hash, Instant now) {
      throw out();
    }

    @Override
    public void used(ApiKey key, Instant now) {
      throw out();
    }
  }
}
