package io.riffhook.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Where it is written down how providers answer, for all functions to know. */
public interface HealthStore {

  /** Writes a trouble down, in place of an older one of the same provider and account. */
  void report(Trouble trouble);

  /** Which of these providers are in trouble as a whole at a time. */
  Set<String> inTrouble(Collection<String> providers, Instant now);

  /** The last troubles of a provider and of its accounts, whether or not they are over. */
  List<Trouble> troubles(String provider);
}
