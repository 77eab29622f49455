package io.riffhook.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a delivery among those to its endpoint: when what is told happened, and the
 * notification's id. So a delivery is found by its id without a search.
 */
public record DeliveryId(Instant at, String notification) {
  private static final char SEPARATOR = '.';
  private static final int DIGITS = 23;
  private static final Pattern FORM =
      Pattern.compile("[0-9]{" + DIGITS + "}\\.[A-Za-z0-9._:-]{1,800}");

  /** All nine digits of the second, so that the order of the texts is the order of the times. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("MMddHHmmss")
          .appendValue(ChronoField.NANO_OF_SECOND, 9)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  /** The id of a delivery of a notification. */
  public static DeliveryId of(Notification notification) {
    return new DeliveryId(notification.at(), notification.id());
  }

  /** The id that a text is. */
  public static Optional<DeliveryId> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DeliveryId(
              Instant.from(TIME.parse(text.substring(0, DIGITS))), text.substring(DIGITS + 1)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** A time as ids begin with it: 23 digits, which sort as the times do. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  @Override
  public String toString() {
    return time(at) + SEPARATOR + notification;
  }
}
