package io.riffhook.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Admissions in memory. Safe for use by several threads. */
public final class InMemoryAdmissions implements Admissions {
  private static final class Book {
    private LocalDate day = LocalDate.MIN;
    private int begun;
    private final Map<Attempt, Instant> admitted = new LinkedHashMap<>();
    private Optional<Instant> asked = Optional.empty();
  }

  private final Map<Owner, Book> books = new HashMap<>();

  @Override
  public synchronized Answer admit(Owner owner, Attempt attempt, Limits limits, Instant now) {
    Book book = books.computeIfAbsent(owner, _ -> new Book());
    LocalDate today = dayOf(now);
    if (book.day.isBefore(today)) {
      book.day = today;
      book.begun = 0;
    }
    if (book.admitted.containsKey(attempt)) {
      return new Answer.Admitted();
    }
    boolean dayFull = limits.perDay().isPresent() && book.begun >= limits.perDay().getAsInt();
    if (dayFull || book.admitted.size() >= limits.running()) {
      Instant end = book.day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Answer.Full(
          Optional.of(end).filter(_ -> dayFull), new HashMap<>(book.admitted), book.asked);
    }
    book.begun++;
    book.admitted.put(attempt, now.truncatedTo(ChronoUnit.MILLIS));
    return new Answer.Admitted();
  }

  @Override
  public synchronized void release(Owner owner, Collection<Attempt> over, Instant now) {
    Book book = books.get(owner);
    if (book != null) {
      over.forEach(book.admitted::remove);
      book.asked = Optional.of(now.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @Override
  public synchronized void withdraw(Owner owner, Attempt attempt, Instant admitted) {
    Book book = books.get(owner);
    if (book != null && book.admitted.remove(attempt) != null && book.day.equals(dayOf(admitted))) {
      book.begun--;
    }
  }

  private static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
