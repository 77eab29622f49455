package io.riffhook.domain;

/** Try. */
public sealed interface Status {
  record A(int x) implements Status {}

  record B(String s) implements Status {}

  static int f(Status s) {
    return switch (s) {
      case A(int x) -> x;
      case B(var _) -> 1;
    };
  }
}
