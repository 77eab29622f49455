package io.riffhook.providers.useapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.domain.Provider.SourceFile;
import io.riffhook.domain.Standing;
import io.riffhook.providers.http.ProviderHttp;
import io.riffhook.providers.http.ProviderJson;
import io.riffhook.providers.http.Reply;
import io.riffhook.providers.useapinet.Accounts;
import io.riffhook.providers.useapinet.Answers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Makes calls with an account. {@code user_id} is needed where several are configured there, and an
 * answer to a create call does not always name the one that was taken. A call that is refused for
 * want of it is made again with each of them, until one knows what is asked for.
 */
final class UseapiAccounts {
  /** Asked after a refusal, while the caller still waits. */
  private static final Duration LIST_TIMEOUT = Duration.ofSeconds(4);

  /** Half of what the caller of a standing waits. */
  private static final Duration STANDING_TIMEOUT = Duration.ofMillis(2_500);

  private static final Duration TRY_TIMEOUT = Duration.ofSeconds(4);
  private static final int MAX_TRIES = 8;

  private final ProviderHttp http;

  UseapiAccounts(ProviderHttp http) {
    this.http = http;
  }

  /** An answer, and the account that it came from. */
  record Answered(Reply reply, Optional<String> account) {}

  /** Reads a path, with the account where it is known. */
  Answered get(String path, Optional<String> account, Duration timeout) {
    Reply first = http.get(as(account, path), timeout);
    return account.isEmpty() && wantsAccount(first)
        ? each(first, name -> http.get(as(Optional.of(name), path), TRY_TIMEOUT))
        : new Answered(first, account);
  }

  private Answered each(Reply first, Function<String, Reply> call) {
    for (Standing.Account account : listed().stream().limit(MAX_TRIES).toList()) {
      Reply reply = call.apply(account.name());
      // An empty list is how an account says that it does not know an id.
      if (reply instanceof Reply.Answer answer
          && answer.status() == 200
          && !answer.body().isEmpty()) {
        return new Answered(reply, Optional.of(account.name()));
      }
    }
    return new Answered(first, Optional.empty());
  }

  /** Posts a file; where an account is wanted, to the first that works. */
  Answered post(String path, SourceFile file, Duration timeout) {
    String type = file.type().mediaType();
    Reply first = http.post(path, file, type, timeout);
    Optional<String> account =
        wantsAccount(first)
            ? listed().stream()
                .filter(each -> each.trouble().isEmpty())
                .map(Standing.Account::name)
                .findFirst()
            : Optional.empty();
    return new Answered(
        account.map(_ -> http.post(as(account, path), file, type, timeout)).orElse(first), account);
  }

  private List<Standing.Account> listed() {
    return Accounts.in(http.get("/accounts", LIST_TIMEOUT));
  }

  private static boolean wantsAccount(Reply reply) {
    return reply instanceof Reply.Answer answer
        && answer.status() == 400
        && Answers.said(answer).contains("user_id");
  }

  /** A path with the account. */
  static String as(Optional<String> account, String path) {
    return account
        .map(id -> path + (path.contains("?") ? "&" : "?") + "user_id=" + encoded(id))
        .orElse(path);
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** A 596 does not say which account it means; the list of accounts does. */
  List<String> inTrouble() {
    return Accounts.inTrouble(listed());
  }

  /** All accounts, with their places as the scheduler has them where the list does not say. */
  Standing standing() {
    Map<String, Standing.Account> byName = new LinkedHashMap<>();
    Accounts.in(http.get("/accounts", STANDING_TIMEOUT))
        .forEach(account -> byName.put(account.name(), account));
    if (http.get("/scheduler/available", STANDING_TIMEOUT) instanceof Reply.Answer answer
        && answer.status() == 200) {
      for (JsonNode free : answer.body().path("available")) {
        ProviderJson.text(free, "user_id")
            .ifPresent(name -> byName.merge(name, account(name, free), UseapiAccounts::both));
      }
    }
    return new Standing(OptionalLong.empty(), new ArrayList<>(byName.values()));
  }

  private static Standing.Account account(String name, JsonNode free) {
    return new Standing.Account(name, Accounts.maxJobs(free), Optional.empty());
  }

  private static Standing.Account both(Standing.Account listed, Standing.Account scheduled) {
    OptionalInt most = listed.maxJobs().isPresent() ? listed.maxJobs() : scheduled.maxJobs();
    return new Standing.Account(listed.name(), most, listed.trouble());
  }
}
