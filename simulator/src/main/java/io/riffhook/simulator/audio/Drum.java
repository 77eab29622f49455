package io.riffhook.simulator.audio;

/** What a drummer can strike. */
enum Drum {
  KICK,
  SNARE,
  BRUSH,
  CLAP,
  RIM,
  HAT,
  OPEN_HAT,
  RIDE,
  CRASH,
  SHAKER,
  TOM
}
