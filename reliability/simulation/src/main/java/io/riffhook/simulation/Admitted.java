package io.riffhook.simulation;

import io.riffhook.domain.Admissions;
import io.riffhook.domain.Limits;
import io.riffhook.domain.Owner;
import java.time.Instant;
import java.util.Collection;

/** Admissions that a mistake can be made with. */
class Admitted implements Admissions {
  private final Admissions admissions;

  Admitted(Admissions admissions) {
    this.admissions = admissions;
  }

  @Override
  public Answer admit(Owner owner, Attempt attempt, Limits limits, Instant now) {
    return admissions.admit(owner, attempt, limits, now);
  }

  @Override
  public void release(Owner owner, Collection<Attempt> over, Instant now) {
    admissions.release(owner, over, now);
  }

  @Override
  public void withdraw(Owner owner, Attempt attempt, Instant admitted) {
    admissions.withdraw(owner, attempt, admitted);
  }
}
