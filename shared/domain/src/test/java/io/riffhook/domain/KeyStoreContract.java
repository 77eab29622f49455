package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What every {@link KeyStore} must do. */
public abstract class KeyStoreContract {
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ApiKey key = key(T0, Optional.of("the shop's back end, 店"), Optional.of(T0));
  private final ApiKey plain = key(T0.plusMillis(500), Optional.empty(), Optional.empty());

  /** The store under test. Other tests may have written to it. */
  protected abstract KeyStore store();

  private static ApiKey key(Instant at, Optional<String> label, Optional<Instant> expires) {
    return new ApiKey(
        ApiKeySecret.generate(RANDOM).hash(),
        new Owner("alice"),
        label,
        at,
        expires,
        Optional.empty(),
        Optional.empty());
  }

  private Optional<ApiKey> found(ApiKey wanted) {
    return store().find(wanted.hash());
  }

  @Test
  void shouldKnowNoKeyThatWasNotWritten() {
    assertThat(found(key)).isEmpty();
  }

  @Test
  void shouldFindWhatWasWritten() {
    store().insert(key);
    store().insert(plain);
    assertThat(found(key)).contains(key);
    assertThat(found(plain)).contains(plain);
  }

  @Test
  void shouldNotWriteAKeyTwice() {
    store().insert(key);
    assertThatIllegalStateException()
        .isThrownBy(() -> store().insert(key.revoked(T0)))
        .withMessage("a key with this hash exists");
    assertThat(found(key)).contains(key);
  }

  @Test
  void shouldListAllNewestFirst() {
    ApiKey oldest = key(T0.minusSeconds(1), Optional.empty(), Optional.empty());
    List.of(key, oldest, plain).forEach(store()::insert);
    store().revoke(oldest.hash(), T0);
    assertThat(store().all())
        .filteredOn(each -> List.of(key, oldest, plain).stream().anyMatch(of(each)))
        .containsExactly(plain, key, oldest.revoked(T0));
  }

  private static Predicate<ApiKey> of(ApiKey each) {
    return written -> written.hash().equals(each.hash());
  }

  @Test
  void shouldRevokeOnce() {
    store().insert(key);
    assertThat(store().revoke(key.hash(), T0.plusSeconds(1)))
        .contains(key.revoked(T0.plusSeconds(1)));
    assertThat(store().revoke(key.hash(), T0.plusSeconds(2)))
        .contains(key.revoked(T0.plusSeconds(1)));
    assertThat(found(key)).contains(key.revoked(T0.plusSeconds(1)));
  }

  @Test
  void shouldRevokeNothingThatIsNotThere() {
    assertThat(store().revoke(key.hash(), T0)).isEmpty();
    assertThat(found(key)).isEmpty();
  }

  @Test
  void shouldNoteTheFirstUseAndTheNext() {
    store().insert(key);
    store().used(key, T0.plusSeconds(1));
    assertThat(found(key)).contains(key.used(T0.plusSeconds(1)));
    store().used(key.used(T0.plusSeconds(1)), T0.plusSeconds(2));
    assertThat(found(key)).contains(key.used(T0.plusSeconds(2)));
  }

  @Test
  void shouldLeaveAUseThatSomebodyElseNoted() {
    store().insert(key);
    store().used(key, T0.plusSeconds(1));
    store().used(key, T0.plusSeconds(2));
    assertThat(found(key)).contains(key.used(T0.plusSeconds(1)));
  }

  @Test
  void shouldNoteNoUseOfWhatIsNotThere() {
    store().used(key, T0);
    assertThat(found(key)).isEmpty();
  }

  @Test
  void shouldKeepBothWhatIsRevokedAndWhatIsUsed() {
    store().insert(key);
    store().revoke(key.hash(), T0.plusSeconds(1));
    store().used(key, T0.plusSeconds(2));
    assertThat(found(key)).contains(key.revoked(T0.plusSeconds(1)).used(T0.plusSeconds(2)));
  }
}
