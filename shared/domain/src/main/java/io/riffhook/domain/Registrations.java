package io.riffhook.domain;

import java.util.Optional;

/** Where it is written down which provider has which of our files, under which id of its own. */
public interface Registrations {

  /** What is known of a file at a provider: {@code Usable} or {@code NotYet}. */
  Optional<Registration> find(Source source, String provider);

  /** Writes down that a provider has a file: {@code Usable} or {@code NotYet}. */
  void put(Source source, String provider, Registration registration);
}
