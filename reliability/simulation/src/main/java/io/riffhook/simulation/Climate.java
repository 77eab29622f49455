package io.riffhook.simulation;

/** How bad the weather of a world is. */
enum Climate {
  /** No fault at all. */
  CALM,
  /** From few faults to many, by chance. */
  MIXED,
  /** Many faults. */
  HARSH;

  Rates rates(Dice dice) {
    return switch (this) {
      case CALM -> Rates.calm();
      case MIXED -> Rates.mixed(dice);
      case HARSH -> Rates.harsh(dice);
    };
  }
}
