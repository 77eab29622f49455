package io.riffhook.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Gathers the options that an operation uses. */
final class Uses {
  private final List<Operation.Use> list = new ArrayList<>();

  List<Operation.Use> list() {
    return List.copyOf(list);
  }

  Uses add(Option option, double measure) {
    list.add(new Operation.Use(option, option.pointer(), measure));
    return this;
  }

  Uses text(Option option, Optional<String> value) {
    value.ifPresent(text -> add(option, text.length()));
    return this;
  }

  void number(Option option, OptionalDouble value) {
    value.ifPresent(number -> add(option, number));
  }

  void at(Option option, String pointer, OptionalDouble value) {
    value.ifPresent(number -> list.add(new Operation.Use(option, pointer, number)));
  }

  void controls(Operation.Controls controls) {
    number(Option.LYRICS_STRENGTH, controls.lyrics());
    number(Option.PROMPT_STRENGTH, controls.prompt());
    number(Option.COVER_STRENGTH, controls.cover());
    number(Option.WEIRDNESS, controls.weirdness());
    number(Option.VARIATION, controls.variation());
    controls.seed().ifPresent(seed -> add(Option.SEED, (double) seed));
  }
}
