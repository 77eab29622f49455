package io.riffhook.simulator.audio;

import java.util.regex.Pattern;

/** A kind of music: the words that ask for it and how it is played. */
enum Genre {
  JAZZ("jazz", "jazz\\w*|swing\\w*|bebop|bossa|blues\\w*|soul\\w*", 92, 132, 0.64, true, 0.35),
  LOFI("lo-fi", "lo-?fi|chill\\w*|study|mellow", 72, 86, 0.58, true, 0.5),
  HIPHOP("hip hop", "hip-?\\s?hop|rap|trap|r&b|rnb|funk\\w*", 84, 98, 0.56, false, 0.7),
  TECHNO(
      "techno",
      "techno|house|edm|electro\\w*|trance|rave|club|dance|disco|synth\\w*",
      122,
      134,
      0.5,
      false,
      0.75),
  ROCK("rock", "rock\\w*|punk\\w*|metal|grunge|guitar\\w*|indie", 116, 142, 0.5, false, 0.45),
  FOLK(
      "folk",
      "folk\\w*|country|acoustic|ballad\\w*|singer-songwriter|bluegrass|campfire",
      84,
      106,
      0.5,
      false,
      0.3),
  AMBIENT(
      "ambient",
      "ambient|drone|meditat\\w*|cinematic|atmospher\\w*|dream\\w*|sleep\\w*|orchestra\\w*|piano",
      62,
      76,
      0.5,
      true,
      0.4),
  POP("pop", "(?:\\w-)?pop|upbeat|happy|anthem\\w*|radio", 98, 122, 0.5, false, 0.35);

  private final String label;
  private final Pattern words;
  final int slowest;
  final int fastest;
  final double swing;
  final boolean sevenths;
  final double minor;

  Genre(
      String label,
      String words,
      int slowest,
      int fastest,
      double swing,
      boolean sevenths,
      double minor) {
    this.label = label;
    this.words = Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    this.slowest = slowest;
    this.fastest = fastest;
    this.swing = swing;
    this.sevenths = sevenths;
    this.minor = minor;
  }

  String label() {
    return label;
  }

  Pattern words() {
    return words;
  }

  Beat beat() {
    return switch (this) {
      case JAZZ -> Beat.JAZZ;
      case LOFI -> Beat.LOFI;
      case HIPHOP -> Beat.HIPHOP;
      case TECHNO -> Beat.TECHNO;
      case ROCK -> Beat.ROCK;
      case FOLK -> Beat.FOLK;
      case AMBIENT -> Beat.SPARSE;
      case POP -> Beat.POP;
    };
  }

  BassLine bass() {
    return switch (this) {
      case JAZZ -> BassLine.WALKING;
      case LOFI, FOLK -> BassLine.EASY;
      case HIPHOP, POP -> BassLine.SYNCOPATED;
      case TECHNO -> BassLine.OFFBEAT;
      case ROCK -> BassLine.EIGHTHS;
      case AMBIENT -> BassLine.LONG;
    };
  }

  Keys keys() {
    return switch (this) {
      case JAZZ, LOFI -> Keys.ELECTRIC_PIANO;
      case HIPHOP -> Keys.ELECTRIC_PIANO;
      case TECHNO -> Keys.SYNTH;
      case ROCK -> Keys.ELECTRIC_GUITAR;
      case FOLK -> Keys.GUITAR;
      case AMBIENT -> Keys.PIANO;
      case POP -> Keys.PIANO;
    };
  }
}
