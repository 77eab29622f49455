package io.riffhook.providers.standard;

import io.riffhook.providers.StubProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The adapter, led to a stub, by the mappings that its page shows. */
final class Standards {
  static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

  private static final Path PAGE = Path.of("..", "..", "docs", "standard-provider.md");
  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");

  private Standards() {}

  /** The mappings of the page, in its order: the default, then another. */
  static List<String> examples() {
    try {
      List<String> examples = new ArrayList<>();
      Matcher block = JSON.matcher(Files.readString(PAGE));
      while (block.find()) {
        examples.add(block.group(1));
      }
      return examples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page's other mapping, which uses everything that there is. */
  static String other() {
    return examples().get(1);
  }

  /** It, with further settings as names and values in turn. */
  static StandardProvider at(StubProvider stub, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("RIFFHOOK_ONE_MACHINE", "true");
    settings.put("STANDARD_BASE_URL", stub.baseUrl());
    settings.put("STANDARD_TOKEN", "key-1234");
    settings.put("STANDARD_WEBHOOK_SECRET", SECRET);
    for (int i = 0; i < more.length; i += 2) {
      settings.put("STANDARD_" + more[i], more[i + 1]);
    }
    return StandardProvider.from(StubProvider.settings(settings));
  }

  static String json(String quoted) {
    return quoted.replace('\'', '"');
  }
}
