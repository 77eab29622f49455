package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Admissions.Answer;
import io.riffhook.domain.Admissions.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Admissions} must do. */
public abstract class AdmissionsContract {
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
  private static final Limits TWO = new Limits(2, OptionalInt.empty());
  private static final Limits THREE_A_DAY = new Limits(9, OptionalInt.of(3));
  private static final Attempt A = attempt("0197-a");
  private static final Attempt B = attempt("size");
  private static final Attempt C = attempt("c_-");
  private static final Attempt D = attempt("d");

  private final Owner owner = new Owner("owner-" + UUID.randomUUID());
  private final Owner other = new Owner("other-" + UUID.randomUUID());

  /** What is under test. */
  protected abstract Admissions admissions();

  @Test
  void shouldLetInAsManyAsMayRun() {
    assertThat(admit(A, TWO, T0)).isEqualTo(new Answer.Admitted());
    assertThat(admit(B, TWO, T0.plusMillis(1))).isEqualTo(new Answer.Admitted());
    assertThat(admit(C, TWO, T0.plusSeconds(9)))
        .isEqualTo(
            new Answer.Full(
                Optional.empty(), Map.of(A, T0, B, T0.plusMillis(1)), Optional.empty()));
    assertThat(admissions().admit(other, C, TWO, T0))
        .as("another owner's room is its own")
        .isEqualTo(new Answer.Admitted());
  }

  @Test
  void shouldCountAnAttemptOnce() {
    for (int i = 0; i < 4; i++) {
      assertThat(admit(A, new Limits(1, OptionalInt.of(1)), T0.plusSeconds(i)))
          .isEqualTo(new Answer.Admitted());
    }
    Attempt again = new Attempt(A.job(), 2);
    assertThat(admit(again, TWO, T0)).isEqualTo(new Answer.Admitted());
    assertThat(admit(B, TWO, T0))
        .isEqualTo(new Answer.Full(Optional.empty(), Map.of(A, T0, again, T0), Optional.empty()));
  }

  @Test
  void shouldHaveRoomAgainForWhatIsOver() {
    admit(A, TWO, T0);
    admit(B, TWO, T0);
    admissions().release(owner, List.of(A, D), T0.plusSeconds(5));
    assertThat(admit(C, TWO, T0.plusSeconds(6))).isEqualTo(new Answer.Admitted());
    assertThat(admit(A, TWO, T0.plusSeconds(6)))
        .isEqualTo(
            new Answer.Full(
                Optional.empty(),
                Map.of(B, T0, C, T0.plusSeconds(6)),
                Optional.of(T0.plusSeconds(5))));
  }

  @Test
  void shouldNoteThatTheJobsWereAskedWhereNoneIsOver() {
    admit(A, TWO, T0);
    admit(B, TWO, T0);
    admissions().release(owner, List.of(), T0.plusMillis(3));
    admissions().release(owner, List.of(), T0.plusMillis(7));
    assertThat(((Answer.Full) admit(C, TWO, T0)).asked()).contains(T0.plusMillis(7));
  }

  @Test
  void shouldKnowNothingOfAnOwnerWhoNeverCame() {
    admissions().release(other, List.of(A), T0);
    admissions().withdraw(other, A, T0);
    assertThat(admissions().admit(other, A, new Limits(1, OptionalInt.of(1)), T0))
        .isEqualTo(new Answer.Admitted());
    assertThat(((Answer.Full) admissions().admit(other, B, new Limits(1, OptionalInt.empty()), T0)))
        .isEqualTo(new Answer.Full(Optional.empty(), Map.of(A, T0), Optional.empty()));
  }

  @Test
  void shouldCountByTheDay() {
    for (Attempt each : List.of(A, B, C)) {
      assertThat(admit(each, THREE_A_DAY, T0)).isEqualTo(new Answer.Admitted());
    }
    admissions().release(owner, List.of(A, B), T0);
    assertThat(admit(D, THREE_A_DAY, MIDNIGHT.minusMillis(1)))
        .as("what is over counts for its day all the same")
        .isEqualTo(new Answer.Full(Optional.of(MIDNIGHT), Map.of(C, T0), Optional.of(T0)));
    for (Attempt each : List.of(D, A, B)) {
      assertThat(admit(each, THREE_A_DAY, MIDNIGHT)).isEqualTo(new Answer.Admitted());
    }
    assertThat(((Answer.Full) admit(attempt("e"), THREE_A_DAY, MIDNIGHT)).dayEnds())
        .contains(MIDNIGHT.plus(Duration.ofDays(1)));
  }

  @Test
  void shouldSayThatTheDayIsFullWhereBothAre() {
    Limits one = new Limits(1, OptionalInt.of(1));
    admit(A, one, T0);
    assertThat(((Answer.Full) admit(B, one, T0)).dayEnds()).contains(MIDNIGHT);
  }

  @Test
  void shouldCountForTheNewDayWhatComesFromAClockThatIsBehind() {
    Limits one = new Limits(9, OptionalInt.of(1));
    assertThat(admit(A, one, MIDNIGHT)).isEqualTo(new Answer.Admitted());
    assertThat(((Answer.Full) admit(B, one, MIDNIGHT.minusMillis(1))).dayEnds())
        .contains(MIDNIGHT.plus(Duration.ofDays(1)));
  }

  @Test
  void shouldGiveThePlaceBackOfWhatNeverBegan() {
    for (Attempt each : List.of(A, B, C)) {
      admit(each, THREE_A_DAY, T0);
    }
    admissions().withdraw(owner, A, T0);
    admissions().withdraw(owner, A, T0);
    assertThat(admit(D, THREE_A_DAY, T0)).isEqualTo(new Answer.Admitted());
    assertThat(admit(A, THREE_A_DAY, T0))
        .isEqualTo(
            new Answer.Full(Optional.of(MIDNIGHT), Map.of(B, T0, C, T0, D, T0), Optional.empty()));
  }

  @Test
  void shouldNotGiveAPlaceBackInAnotherDay() {
    Limits one = new Limits(9, OptionalInt.of(1));
    admit(A, one, T0);
    admit(B, one, MIDNIGHT);
    admissions().withdraw(owner, A, T0);
    assertThat(admit(C, one, MIDNIGHT))
        .isEqualTo(
            new Answer.Full(
                Optional.of(MIDNIGHT.plus(Duration.ofDays(1))),
                Map.of(B, MIDNIGHT),
                Optional.empty()));
  }

  @Test
  void shouldTakeOutManyAtOnce() {
    Limits many = new Limits(300, OptionalInt.empty());
    List<Attempt> attempts =
        IntStream.range(0, 104).mapToObj(i -> attempt(UUID.randomUUID() + "-" + i)).toList();
    attempts.forEach(each -> admit(each, many, T0));
    admissions().release(owner, attempts.subList(0, 103), T0);
    assertThat(((Answer.Full) admit(A, new Limits(1, OptionalInt.empty()), T0)).admitted())
        .containsOnlyKeys(attempts.get(103));
  }

  @Test
  void shouldLetInNoMoreThanMayOfManyAtOnce() throws Exception {
    Limits limits = new Limits(5, OptionalInt.of(7));
    assertThat(Race.of(12, i -> admit(attempt("first-" + i), limits, T0)))
        .filteredOn(Answer.Admitted.class::isInstance)
        .hasSize(5);
    Answer.Full full = (Answer.Full) admit(A, limits, T0);
    admissions().release(owner, full.admitted().keySet(), T0);
    assertThat(Race.of(12, i -> admit(attempt("second-" + i), limits, T0)))
        .filteredOn(Answer.Admitted.class::isInstance)
        .hasSize(2);
  }

  private Answer admit(Attempt attempt, Limits limits, Instant now) {
    return admissions().admit(owner, attempt, limits, now);
  }

  private static Attempt attempt(String id) {
    return new Attempt(new JobId(id), 1);
  }
}
