package io.riffhook.simulation;

import io.riffhook.domain.Opened;
import io.riffhook.domain.WebFiles;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A web that has an MP3 under every URL. */
final class SimulatedWeb implements WebFiles {
  /** Faults in a row that a file has at most. */
  private static final int PASSING = 3;

  private final Weather weather;
  private final Map<URI, Integer> faults = new HashMap<>();

  SimulatedWeb(Weather weather) {
    this.weather = weather;
  }

  @Override
  public Optional<String> refusal(URI url) {
    return Optional.empty();
  }

  @Override
  public Opened open(URI url) {
    if (weather.has(Rates::badFile) && faults.merge(url, 1, Integer::sum) <= PASSING) {
      return new Opened.NotNow("HTTP 503");
    }
    byte[] bytes = Catalog.bytes(url.getPath(), "upload.mp3");
    return new Opened.Body(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
  }
}
