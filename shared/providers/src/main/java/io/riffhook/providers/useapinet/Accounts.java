package io.riffhook.providers.useapinet;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Standing;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The answer of {@code GET accounts}: an object keyed by account, each with {@code maxJobs} and,
 * only where its holder must put something right, {@code error}.
 */
public final class Accounts {
  private Accounts() {}

  /** The accounts in an answer; none where it is not a list of accounts. */
  public static List<Standing.Account> in(Reply reply) {
    List<Standing.Account> accounts = new ArrayList<>();
    if (reply instanceof Reply.Answer answer && answer.status() == 200) {
      for (Map.Entry<String, JsonNode> account : answer.body().properties()) {
        if (account.getValue().isObject()) {
          accounts.add(account(account.getKey(), account.getValue()));
        }
      }
    }
    return accounts;
  }

  private static Standing.Account account(String name, JsonNode account) {
    return new Standing.Account(name, maxJobs(account), ProviderJson.text(account, "error"));
  }

  /** How many jobs an account does at once. */
  public static OptionalInt maxJobs(JsonNode account) {
    JsonNode most = account.path("maxJobs");
    return most.isInt() && most.intValue() >= 0
        ? OptionalInt.of(most.intValue())
        : OptionalInt.empty();
  }

  /** The names of those whose holder must put something right. */
  public static List<String> inTrouble(List<Standing.Account> accounts) {
    return accounts.stream()
        .filter(account -> account.trouble().isPresent())
        .map(Standing.Account::name)
        .toList();
  }

  /** Those accounts in words. */
  public static String words(List<String> accounts, String tokenSetting) {
    return accounts.isEmpty() ? "behind " + tokenSetting : String.join(", ", accounts);
  }

  /** A text as the one item of a list. */
  public static List<String> only(Optional<String> account) {
    return account.map(List::of).orElse(List.of());
  }
}
