package io.riffhook.local.cli;

import io.riffhook.domain.Format;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The audio formats to ask for beside stems where the user names none. */
final class StemFormats {
  private StemFormats() {}

  /**
   * All audio formats of the provider that will most likely make the song: the one that is named,
   * else the first that can do it and gives stems, the maker of the song that it starts from before
   * all others. None where nobody can: then it is for the API to say who lacks what.
   */
  static List<String> of(
      List<ProviderView> all, SongRequest request, Optional<String> named, Optional<String> maker) {
    return all.stream()
        .filter(ProviderView::isConfigured)
        .filter(each -> named.map(each.name()::equals).orElse(true))
        .filter(each -> each.formats().contains(Format.STEMS.value()) && each.takes(request))
        .min(Comparator.comparing(each -> !maker.filter(each.name()::equals).isPresent()))
        .map(
            provider ->
                provider.formats().stream()
                    .filter(format -> !format.equals(Format.STEMS.value()))
                    .toList())
        .orElse(List.of());
  }
}
