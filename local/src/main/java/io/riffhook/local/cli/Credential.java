package io.riffhook.local.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/** The key, or token, that the user calls an API with. It is never shown. */
final class Credential {
  static final String VARIABLE = "RIFFHOOK_API_KEY";

  /** What a bearer token can be, by RFC 6750. Anything else would be told in an error as it is. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]+");

  private final String text;

  Credential(String text) {
    this.text = text;
  }

  /** The one in the user's environment, if there is one. */
  static Optional<Credential> of(CliContext context) {
    Optional<String> text = context.variable(VARIABLE).map(String::strip);
    if (text.isPresent() && !FORM.matcher(text.get()).matches()) {
      throw new CliException(ExitCode.USAGE, VARIABLE + " holds no key");
    }
    return text.map(Credential::new);
  }

  /** It itself, for the one whose terminal this is. */
  String reveal() {
    return text;
  }

  String header() {
    return "Bearer " + text;
  }

  @Override
  public String toString() {
    return "a key";
  }
}
