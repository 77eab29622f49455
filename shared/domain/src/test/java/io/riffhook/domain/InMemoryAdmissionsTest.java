package io.riffhook.domain;

final class InMemoryAdmissionsTest extends AdmissionsContract {
  private final InMemoryAdmissions admissions = new InMemoryAdmissions();

  @Override
  protected Admissions admissions() {
    return admissions;
  }
}
