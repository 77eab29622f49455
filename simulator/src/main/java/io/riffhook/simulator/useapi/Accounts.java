package io.riffhook.simulator.useapi;

import io.riffhook.simulator.calls.BadRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured accounts, one to begin with. Safe for use by several threads. */
final class Accounts {
  private static final Account FIRST = new Account("7b0c6b0e-0000-4000-8000-000000000001", 6);

  private final Map<String, Account> accounts = new LinkedHashMap<>(Map.of(FIRST.userId(), FIRST));

  synchronized List<Account> all() {
    return List.copyOf(accounts.values());
  }

  synchronized Optional<Account> find(String userId) {
    return Optional.ofNullable(accounts.get(userId));
  }

  synchronized void put(Account account) {
    accounts.put(account.userId(), account);
  }

  synchronized boolean remove(String userId) {
    return accounts.remove(userId) != null;
  }

  /** The account of a read: {@code user_id} may be left out only while there is just one. */
  synchronized Account forRead(Optional<String> userId) {
    if (userId.isEmpty() && accounts.size() != 1) {
      throw new BadRequest(
          "Parameter user_id is required when more than one account is configured");
    }
    return userId.map(this::known).orElseGet(() -> all().getFirst());
  }

  Account known(String userId) {
    return find(userId)
        .orElseThrow(() -> new BadRequest("Account " + userId + " is not configured"));
  }
}
