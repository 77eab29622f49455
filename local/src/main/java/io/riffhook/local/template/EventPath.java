package io.riffhook.local.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where something is in an event, as {@code $.body.type}: the fields to go through. Arrays and
 * wildcards, which EventBridge knows too, are not known here.
 */
public record EventPath(List<String> fields) {
  private static final Pattern FORM = Pattern.compile("\\$(\\.[A-Za-z0-9_/-]+)*");

  public EventPath {
    fields = List.copyOf(fields);
  }

  /** The path that a text is, if it is one. */
  static Optional<EventPath> of(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new EventPath(Arrays.stream(text.split("\\.", -1)).skip(1).toList()))
        : Optional.empty();
  }

  static EventPath of(String text, String place) {
    return of(text)
        .orElseThrow(
            () ->
                new TemplateException(
                    place + ": expected a path such as $.body.type, found " + text));
  }
}
