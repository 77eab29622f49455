package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryIdTest {
  @Test
  void shouldBeReadAsItIsWritten() {
    DeliveryId id =
        new DeliveryId(Instant.parse("2026-11-21T02:25:14.000000789Z"), "evt_0197-a_3.x:y");
    assertThat(id).hasToString("20261121022514000000789.evt_0197-a_3.x:y");
    assertThat(DeliveryId.parse(id.toString())).contains(id);
  }

  @Test
  void shouldSortAsTheTimesDo() {
    List<DeliveryId> ids =
        List.of(
            new DeliveryId(Instant.EPOCH, "z"),
            new DeliveryId(Instant.parse("2026-11-21T02:25:14Z"), "y"),
            new DeliveryId(Instant.parse("2026-11-21T02:25:14.000000001Z"), "x"),
            new DeliveryId(Instant.parse("2026-11-21T02:25:14.1Z"), "w"),
            new DeliveryId(Instant.parse("9999-12-31T23:59:59.999999999Z"), "v"));
    assertThat(ids).isSortedAccordingTo(Comparator.comparing(DeliveryId::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evt_1",
        "20261121022514000000789.",
        "20261121022514000000789",
        "20261121022514000000789#evt_1",
        "2026112102251400000078.evt_1",
        "20261321022514000000789.evt_1",
        "20260231022514000000789.evt_1",
        "20261121022514000000789.evt/1",
        "20261121022514000000789.evt 1",
        " 20261121022514000000789.evt_1"
      })
  void shouldNotReadAnythingElse(String text) {
    assertThat(DeliveryId.parse(text)).isEmpty();
  }
}
