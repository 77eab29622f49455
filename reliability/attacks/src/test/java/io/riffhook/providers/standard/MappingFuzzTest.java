package io.riffhook.providers.standard;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import io.riffhook.attacks.Documents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mappings that operators write, with every mistake. */
final class MappingFuzzTest {
  private static final List<String> SEEDS = Mappings.ofThePage();

  static Stream<Arguments> seeds() {
    return IntStream.range(0, SEEDS.size())
        .mapToObj(seed -> arguments(false, new byte[] {(byte) seed}));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldTakeOrRefuseAnyMapping(boolean raw, byte @NotNull @WithLength(max = 2_000) [] bytes) {
    String mapping = new String(raw ? bytes : Documents.of(SEEDS, bytes), StandardCharsets.UTF_8);
    Map<String, String> settings =
        Map.of(
            "STANDARD_BASE_URL", "https://standard.example",
            "STANDARD_TOKEN", "token",
            "STANDARD_MAPPING", mapping.isBlank() ? "-" : mapping);
    StandardProvider provider =
        StandardProvider.from(name -> Optional.ofNullable(settings.get(name)));
    provider.capabilities();
    provider
        .fault()
        .filter(why -> !why.startsWith("STANDARD_MAPPING"))
        .ifPresent(
            why -> {
              throw new AssertionError("does not say what is wrong: " + why);
            });
  }
}
