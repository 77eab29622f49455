package io.riffhook.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Where it is written down, for each owner, which attempts of jobs were let in and how many began
 * today. Times are kept to the millisecond.
 *
 * <p>Nothing is written here when a job ends: whoever finds no room asks the jobs themselves and
 * has those taken out that are over. So nothing that crashes can make the count drift.
 */
public interface Admissions {

  /** One attempt of a job: the first, or one that its owner asked for after it failed. */
  record Attempt(JobId job, int number) {}

  /**
   * Lets an attempt in if there is room, in one conditional write. One that is in already stays in,
   * and is not counted again.
   */
  Answer admit(Owner owner, Attempt attempt, Limits limits, Instant now);

  /** Takes out attempts that are over, and notes that the jobs were asked at this time. */
  void release(Owner owner, Collection<Attempt> over, Instant now);

  /**
   * Takes out an attempt that never came to be, and out of its day's count too, as long as that is
   * the day that is counted.
   *
   * @param admitted when it was let in
   */
  void withdraw(Owner owner, Attempt attempt, Instant admitted);

  /** Whether an attempt is in. */
  sealed interface Answer {
    /** It is in. */
    record Admitted() implements Answer {}

    /**
     * There is no room for it.
     *
     * @param dayEnds when the day ends whose number of jobs is used up; empty where the owner has
     *     as many jobs running as may
     * @param admitted the attempts that are in, whether or not they are over, and since when
     * @param asked when the jobs of these were last asked how they stand
     */
    record Full(Optional<Instant> dayEnds, Map<Attempt, Instant> admitted, Optional<Instant> asked)
        implements Answer {
      public Full {
        admitted = Map.copyOf(admitted);
      }
    }
  }
}
