package io.riffhook.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The unguessable part of a callback URL: an HMAC-SHA256 over provider, job and attempt, so that a
 * callback for a job that was run again does not touch its new attempt. Most providers do not sign
 * what they send; whoever knows the token is taken for the provider.
 */
public final class CallbackTokens {
  private static final int MAX_ATTEMPT_DIGITS = 6;

  /** What a token is held against that names no attempt; none that we give has it. */
  private static final int NO_ATTEMPT = -1;

  private final List<SecretKeySpec> keys;

  /**
   * Tokens under these secrets: new ones under the first, valid under each, so that a secret can be
   * changed while callbacks are on their way.
   */
  public CallbackTokens(List<String> secrets) {
    if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length() < 16)) {
      throw new IllegalArgumentException(
          "RIFFHOOK_CALLBACK_SECRETS must hold at least one secret, each of 16 characters or more");
    }
    this.keys =
        secrets.stream()
            .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
            .toList();
  }

  /** The secrets in a setting: separated by commas or white space, newest first. */
  public static CallbackTokens fromSetting(String value) {
    return new CallbackTokens(List.of(value.strip().split("[,\\s]+")));
  }

  /** The token of an attempt of a job. */
  public String token(String provider, JobId job, int attempt) {
    return attempt + "." + mac(keys.getFirst(), provider, job.value(), attempt);
  }

  /**
   * The attempt that a token stands for, or empty where it is not one of ours. Whatever the three
   * texts hold, as many MACs are made as there are secrets, so the time taken tells of none of them
   * whether it is known.
   */
  public OptionalInt verify(String provider, String job, String token) {
    int dot = token.indexOf('.');
    int attempt = dot < 0 ? NO_ATTEMPT : attempt(token.substring(0, dot));
    byte[] given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    boolean valid = false;
    for (SecretKeySpec key : keys) {
      byte[] wanted = mac(key, provider, job, attempt).getBytes(StandardCharsets.UTF_8);
      // No early exit: the time taken tells nothing of which secret matched.
      valid |= MessageDigest.isEqual(wanted, given);
    }
    return valid && attempt != NO_ATTEMPT ? OptionalInt.of(attempt) : OptionalInt.empty();
  }

  /** A number as we write it, so that each token has one form only. */
  private static int attempt(String text) {
    boolean written =
        !text.isEmpty()
            && text.length() <= MAX_ATTEMPT_DIGITS
            && text.charAt(0) != '0'
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return written ? Integer.parseInt(text) : NO_ATTEMPT;
  }

  private static String mac(SecretKeySpec key, String provider, String job, int attempt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      String message = "riffhook-callback\n" + provider + "\n" + job + "\n" + attempt;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is in every Java platform", e);
    }
  }
}
