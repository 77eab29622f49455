package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.riffhook.domain.AuthenticateKey.Result;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("API keys")
final class ApiKeysTest {
  private static final Owner ALICE = new Owner("alice");
  private static final Owner BOB = new Owner("bob");
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T02:25:14.789Z"));
  private final InMemoryKeyStore store = new InMemoryKeyStore();
  private final ApiKeys keys = new ApiKeys(store, new SecureRandom(), clock);
  private final AuthenticateKey authenticate = new AuthenticateKey(store, clock);

  private ApiKeys.Created create(Owner owner) {
    return keys.create(owner, Optional.empty(), Optional.empty());
  }

  private Result authenticate(ApiKeys.Created created) {
    return authenticate.authenticate(created.secret().reveal());
  }

  @Test
  void shouldMakeAKeyThatWorks() {
    ApiKeys.Created created =
        keys.create(ALICE, Optional.of("shop"), Optional.of(Duration.ofDays(90)));

    assertThat(created.secret().reveal()).matches("rk_[A-Za-z0-9_-]{48}");
    assertThat(created.key().createdAt()).isEqualTo("2026-11-21T02:25:14Z");
    assertThat(created.key().expiresAt()).contains(Instant.parse("2027-02-19T02:25:14Z"));
    assertThat(authenticate(created)).isEqualTo(new Result.Known(created.key()));
  }

  @Test
  void shouldMakeNoKeyTwice() {
    assertThat(create(ALICE).secret().reveal()).isNotEqualTo(create(ALICE).secret().reveal());
  }

  @Test
  void shouldKeepAndShowNothingOfTheKeyButItsHash() {
    ApiKeys.Created created = create(ALICE);
    String random = created.secret().reveal().substring(3);

    assertThat(store.all()).hasSize(1).asString().doesNotContain(random);
    assertThat(created.toString()).contains("rk_…").doesNotContain(random);
    assertThat(created.key().id().value()).isEqualTo(created.key().hash().hex().substring(0, 16));
  }

  @Test
  void shouldRefuseAKeyWithAnyOneCharacterChanged() {
    String key = create(ALICE).secret().reveal();

    for (int i = 0; i < key.length(); i++) {
      for (int letter = 0; letter < LETTERS.length(); letter++) {
        String changed = key.substring(0, i) + LETTERS.charAt(letter) + key.substring(i + 1);
        if (!changed.equals(key)) {
          assertThat(authenticate.authenticate(changed))
              .as(changed)
              .isEqualTo(new Result.Malformed());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rk_",
        "rk_short",
        "RK_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "rk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "rk_äAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void shouldRefuseWhatIsNoKey(String text) {
    assertThat(authenticate.authenticate(text)).isEqualTo(new Result.Malformed());
  }

  @Test
  void shouldRefuseWhatStandsAroundAKey() {
    String key = create(ALICE).secret().reveal();
    for (String around : List.of(" " + key, key + " ", key + "\n", key + "A", key + "=")) {
      assertThat(authenticate.authenticate(around)).isEqualTo(new Result.Malformed());
    }
  }

  @Test
  void shouldNotKnowAKeyOfTheRightFormThatWasNeverMade() {
    create(ALICE);
    ApiKeySecret other = ApiKeySecret.of(new byte[32]);

    assertThat(authenticate.authenticate(other.reveal()))
        .isEqualTo(new Result.Unknown(other.hash().id()));
  }

  @Test
  void shouldRefuseARevokedKey() {
    ApiKeys.Created created = create(ALICE);
    ApiKeys.Created other = create(ALICE);

    Optional<ApiKey> revoked = keys.revoke(created.key().id());

    assertThat(revoked.orElseThrow().revokedAt()).contains(Instant.parse("2026-11-21T02:25:14Z"));
    assertThat(authenticate(created)).isEqualTo(new Result.Revoked(revoked.get()));
    assertThat(authenticate(other)).isInstanceOf(Result.Known.class);
    assertThat(keys.revoke(new ApiKeyId("0123456789abcdef"))).isEmpty();
  }

  @Test
  void shouldRefuseAKeyFromTheMomentOnThatItExpires() {
    ApiKeys.Created created =
        keys.create(ALICE, Optional.empty(), Optional.of(Duration.ofSeconds(10)));

    clock.advance(Duration.ofMillis(9_210));
    assertThat(authenticate(created)).isInstanceOf(Result.Known.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(authenticate(created)).isInstanceOf(Result.Expired.class);
  }

  @Test
  void shouldNoteTheLastUseOncePerHour() {
    ApiKeys.Created created = create(ALICE);
    authenticate(created);
    clock.advance(Duration.ofMinutes(59));
    authenticate(created);
    assertThat(lastUsed(created)).contains(Instant.parse("2026-11-21T02:25:14Z"));

    clock.advance(Duration.ofMinutes(2));
    authenticate(created);
    assertThat(lastUsed(created)).contains(Instant.parse("2026-11-21T03:26:14Z"));
  }

  private Optional<Instant> lastUsed(ApiKeys.Created created) {
    return store.find(created.key().hash()).flatMap(ApiKey::lastUsedAt);
  }

  @Test
  void shouldLetACallThroughWhoseUseCannotBeNoted() {
    ApiKeys.Created created = create(ALICE);
    AuthenticateKey deaf =
        new AuthenticateKey(
            new Forwarding(store) {
              @Override
              public void used(ApiKey key, Instant now) {
                throw new IllegalStateException("no write today");
              }
            },
            clock);

    assertThat(deaf.authenticate(created.secret().reveal()))
        .isEqualTo(new Result.Known(created.key()));
  }

  @Test
  void shouldNotTakeAnotherKeysItemForTheKey() {
    ApiKeys.Created bobs = create(BOB);
    AuthenticateKey confused =
        new AuthenticateKey(
            new Forwarding(store) {
              @Override
              public Optional<ApiKey> find(ApiKeyHash hash) {
                return Optional.of(bobs.key());
              }
            },
            clock);
    ApiKeySecret other = ApiKeySecret.of(new byte[32]);

    assertThat(confused.authenticate(other.reveal()))
        .isEqualTo(new Result.Unknown(other.hash().id()));
  }

  @Test
  void shouldListAllKeysOrThoseOfAnOwner() {
    ApiKey first = create(ALICE).key();
    clock.advance(Duration.ofSeconds(1));
    ApiKey second = create(BOB).key();

    assertThat(keys.list(Optional.empty())).containsExactly(second, first);
    assertThat(keys.list(Optional.of(ALICE))).containsExactly(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u001b[31mb"})
  void shouldRefuseALabelThatWouldSpoilALine(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.create(ALICE, Optional.of(label), Optional.empty()))
        .withMessage("a key's label is 1 to 200 characters, none of them a control character");
    assertThat(store.all()).isEmpty();
  }

  @Test
  void shouldRefuseALifeOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.create(ALICE, Optional.empty(), Optional.of(Duration.ZERO)))
        .withMessage("a key's life must be longer than nothing");
  }

  @Test
  void shouldHoldIdsAndHashesToTheirForm() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiKeyId("0123456789ABCDEF"))
        .withMessage("a key's id is 16 hexadecimal digits in lower case");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiKeyHash("0".repeat(63)))
        .withMessage("a key's hash is 64 hexadecimal digits in lower case");
  }

  /** A store that passes on whatever is not overridden. */
  private static class Forwarding implements KeyStore {
    private final KeyStore to;

    Forwarding(KeyStore to) {
      this.to = to;
    }

    @Override
    public void insert(ApiKey key) {
      to.insert(key);
    }

    @Override
    public Optional<ApiKey> find(ApiKeyHash hash) {
      return to.find(hash);
    }

    @Override
    public List<ApiKey> all() {
      return to.all();
    }

    @Override
    public Optional<ApiKey> revoke(ApiKeyHash hash, Instant now) {
      return to.revoke(hash, now);
    }

    @Override
    public void used(ApiKey key, Instant now) {
      to.used(key, now);
    }
  }
}
