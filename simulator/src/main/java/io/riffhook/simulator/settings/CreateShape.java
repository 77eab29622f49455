package io.riffhook.simulator.settings;

/** What a create call answers. */
public enum CreateShape {
  /** {@code {"job_id","user_id"}}: one song, as the vendor documents it. */
  JOB_ID(1),
  /** {@code {"jobs":[{"id"},{"id"}]}}: two songs, as clients have seen it. */
  JOBS(2);

  private final int songs;

  CreateShape(int songs) {
    this.songs = songs;
  }

  /** How many songs one call makes. */
  public int songs() {
    return songs;
  }
}
