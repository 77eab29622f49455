package io.riffhook.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a provider can do, as data.
 *
 * @param provider its name
 * @param operations what it can be asked for
 * @param formats what can be stored of its songs
 * @param models the models that can be named; the first is its default
 * @param webhooks whether it calls back
 */
public record Capabilities(
    String provider,
    Set<Operation.Kind> operations,
    Set<Format> formats,
    List<String> models,
    boolean webhooks) {
  public Capabilities {
    operations = Collections.unmodifiableSet(EnumSet.copyOf(operations));
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    models = List.copyOf(models);
  }

  /** The formats that hold a whole song. */
  public Set<Format> audioFormats() {
    EnumSet<Format> audio = EnumSet.copyOf(formats);
    audio.remove(Format.STEMS);
    return audio;
  }
}
