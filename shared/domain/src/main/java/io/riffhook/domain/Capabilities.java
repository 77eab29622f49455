package io.riffhook.domain;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider can do, as data.
 *
 * @param provider its name
 * @param operations what it can be asked for, and with which options
 * @param formats what can be stored of its songs
 * @param models the models that can be named; the first is its default
 * @param webhooks whether it calls back
 * @param pace how long its own documentation says to wait between two reads of a job; the first
 *     check of a job that nobody calls back for comes after it
 * @param fileHosts the hosts besides its API's that its files come from
 */
public record Capabilities(
    String provider,
    Map<Operation.Kind, Can> operations,
    Set<Format> formats,
    List<String> models,
    boolean webhooks,
    Duration pace,
    Set<String> fileHosts) {
  public Capabilities {
    operations = Collections.unmodifiableMap(new EnumMap<>(operations));
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    models = List.copyOf(models);
    fileHosts = Set.copyOf(fileHosts);
  }

  /** The formats that hold a whole song. */
  public Set<Format> audioFormats() {
    EnumSet<Format> audio = EnumSet.copyOf(formats);
    audio.remove(Format.STEMS);
    return audio;
  }

  /** How it does an operation, if it does. */
  public Optional<Can> can(Operation.Kind kind) {
    return Optional.ofNullable(operations.get(kind));
  }

  /**
   * How a provider does an operation.
   *
   * @param options the options it takes, each with what it accepts
   * @param required the options it cannot do without
   * @param sources which audio it can start from
   */
  public record Can(Map<Option, Range> options, Set<Option> required, Sources sources) {
    public Can {
      EnumMap<Option, Range> ordered = new EnumMap<>(Option.class);
      ordered.putAll(options);
      options = Collections.unmodifiableMap(ordered);
      EnumSet<Option> needed = EnumSet.noneOf(Option.class);
      needed.addAll(required);
      required = Collections.unmodifiableSet(needed);
    }

    /** With no option yet, and from no audio. */
    public static Can of() {
      return new Can(Map.of(), Set.of(), Sources.NONE);
    }

    /** That also takes an option, in a range: of its value, or of its number of characters. */
    public Can takes(Option option, double min, double max) {
      EnumMap<Option, Range> more = new EnumMap<>(Option.class);
      more.putAll(options);
      more.put(option, new Range(min, max));
      return new Can(more, required, sources);
    }

    /** That also takes some switches and shares, each on our scale of 0 to 1. */
    public Can takes(Option... shares) {
      Can more = this;
      for (Option share : shares) {
        more = more.takes(share, 0, 1);
      }
      return more;
    }

    /** That also takes an option, and cannot do without it. */
    public Can needs(Option option, double min, double max) {
      EnumSet<Option> needed = EnumSet.of(option);
      needed.addAll(required);
      return new Can(takes(option, min, max).options, needed, sources);
    }

    /** That starts from audio. */
    public Can from(Sources which) {
      return new Can(options, required, which);
    }
  }

  /** What is accepted of an option, both ends included. */
  public record Range(double min, double max) {
    /** Whether a measure lies in it. */
    public boolean holds(double measure) {
      return measure >= min && measure <= max;
    }
  }

  /** Which audio an operation can start from. */
  public enum Sources {
    /** From none. */
    NONE,
    /** From songs that the provider made. */
    OWN_SONGS,
    /** From files that are given to it; songs that it made have to be given to it, too. */
    FILES,
    /** From songs that the provider made, and from any file that is given to it. */
    ANY
  }
}
