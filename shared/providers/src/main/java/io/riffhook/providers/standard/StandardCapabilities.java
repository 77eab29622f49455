package io.riffhook.providers.standard;

import io.riffhook.domain.Capabilities;
import io.riffhook.domain.Capabilities.Can;
import io.riffhook.domain.Capabilities.Range;
import io.riffhook.domain.Capabilities.Sources;
import io.riffhook.domain.Format;
import io.riffhook.domain.Operation.Kind;
import io.riffhook.domain.Option;
import io.riffhook.providers.standard.StandardMapping.Asked;
import io.riffhook.providers.standard.StandardMapping.Field;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What can be done by a mapping. */
final class StandardCapabilities {
  private StandardCapabilities() {}

  static Capabilities of(StandardMapping mapping, boolean webhooks) {
    Map<Kind, Can> operations = new EnumMap<>(Kind.class);
    mapping.operations().forEach((kind, asked) -> operations.put(kind, can(kind, asked)));
    Set<Format> formats = EnumSet.noneOf(Format.class);
    formats.addAll(mapping.songs().audio().keySet());
    if (mapping.songs().stems().isPresent()) {
      formats.add(Format.STEMS);
    }
    return new Capabilities(
        StandardProvider.NAME,
        operations,
        formats,
        mapping.models(),
        webhooks,
        mapping.pace(),
        mapping.fileHosts());
  }

  private static Can can(Kind kind, Asked asked) {
    Map<Option, Range> options = new EnumMap<>(Option.class);
    Set<Option> required = EnumSet.noneOf(Option.class);
    for (Map.Entry<Option, Field> each : asked.options().entrySet()) {
      options.put(each.getKey(), each.getValue().range());
      if (each.getValue().required()) {
        required.add(each.getKey());
      }
    }
    if (kind == Kind.COMPOSE) {
      // Its prompt is the one sound's.
      options.put(Option.SOUNDS, new Range(1, 1));
      required.add(Option.SOUNDS);
    }
    return new Can(options, required, sources(asked));
  }

  private static Sources sources(Asked asked) {
    if (asked.source().isPresent()) {
      return asked.sourceSong().isPresent() ? Sources.ANY : Sources.FILES;
    }
    return asked.sourceSong().isPresent() ? Sources.OWN_SONGS : Sources.NONE;
  }
}
