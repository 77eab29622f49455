package io.riffhook.providers;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import io.riffhook.attacks.Documents;
import io.riffhook.attacks.Seeds;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Lookup;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Provider;
import io.riffhook.domain.ProviderSong;
import io.riffhook.domain.SubmitOutcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider answers whatever it likes, to each call of each adapter. */
final class AnswersFuzzTest {
  private static final int[] STATUSES = {
    200, 201, 202, 204, 206, 301, 400, 401, 402, 403, 404, 409, 410, 422, 429, 451, 500, 502, 503,
    529, 596
  };
  private static final ProviderStage STAGE = new ProviderStage();
  private static final List<Provider> PROVIDERS = STAGE.providers();
  private static final Provider.Order ORDER =
      new Provider.Order(
          new JobId("job-1"),
          new Operation.Prompt("a song", false),
          Optional.empty(),
          Optional.of(URI.create("https://riffhook.example/callbacks/useapi/job-1/1.x")));

  static Stream<Arguments> seeds() {
    return IntStream.range(0, Seeds.PROVIDERS.size())
        .boxed()
        .flatMap(
            seed ->
                IntStream.range(0, 7)
                    .mapToObj(
                        provider ->
                            arguments(
                                (byte) (seed + provider),
                                (byte) provider,
                                (byte) 0,
                                false,
                                new byte[] {seed.byteValue()})));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldHaveAPlaceForAnyAnswer(
      byte call,
      byte which,
      byte status,
      boolean raw,
      byte @NotNull @WithLength(max = 2_000) [] bytes) {
    BugDetectors.allowNetworkConnections(STAGE::isAt);
    byte[] body = raw ? bytes : Documents.of(Seeds.PROVIDERS, bytes);
    STAGE.answers(STATUSES[(status & 0xff) % STATUSES.length], body);
    Provider provider = PROVIDERS.get((which & 0xff) % PROVIDERS.size());
    switch ((call & 0xff) % 6) {
      case 0 -> taken(provider.submit(ORDER));
      case 1 -> provider.find(new JobId("job-1"));
      case 2 -> provider.stems("song-1", Optional.of("account-1"));
      case 3 -> provider.standing();
      case 4 -> provider.cancel(List.of("p1"));
      default -> looked(provider.lookup("p1", Optional.of("account-1")));
    }
  }

  private static void taken(SubmitOutcome outcome) {
    if (outcome instanceof SubmitOutcome.Accepted accepted) {
      holds(!accepted.providerJobs().isEmpty(), "taken under no id");
      accepted.providerJobs().forEach(AnswersFuzzTest::writable);
    }
  }

  private static void looked(Lookup lookup) {
    switch (lookup) {
      case Lookup.Finished finished -> {
        holds(!finished.songs().isEmpty(), "finished without a song");
        finished.songs().forEach(AnswersFuzzTest::usable);
      }
      case Lookup.Running running -> {
        int percent = running.progress().orElse(0);
        holds(percent >= 0 && percent <= 100, "progress of " + percent);
        running.early().forEach(AnswersFuzzTest::usable);
      }
      case Lookup.Failed failed -> writable(failed.reason().detail());
      case Lookup.Denied denied -> writable(denied.reason().detail());
      case Lookup.NotNow later -> writable(later.reason().detail());
      case Lookup.Unheard unheard -> writable(unheard.detail());
    }
  }

  private static void usable(ProviderSong song) {
    writable(song.id());
    writable(song.title());
    song.lyrics().ifPresent(AnswersFuzzTest::writable);
    song.timings().ifPresent(AnswersFuzzTest::writable);
    song.sound().ifPresent(AnswersFuzzTest::writable);
    double seconds = song.durationSeconds().orElse(1);
    holds(seconds > 0 && Double.isFinite(seconds), "a length of " + seconds);
    holds(!song.id().isBlank(), "a song without an id");
  }

  /** Whether a store takes it: a text with half a character cannot be written. */
  private static void writable(String text) {
    holds(StandardCharsets.UTF_8.newEncoder().canEncode(text), "half a character");
  }

  private static void holds(boolean it, String what) {
    if (!it) {
      throw new AssertionError(what);
    }
  }
}
