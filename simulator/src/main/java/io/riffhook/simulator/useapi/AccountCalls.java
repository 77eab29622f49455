package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.settings.LiveSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** The accounts that the vendor drives: {@code /accounts}. */
final class AccountCalls {
  private static final long WEEK_SECONDS = 604_800;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Accounts accounts;
  private final LiveSettings settings;
  private final InstantSource clock;

  AccountCalls(Accounts accounts, LiveSettings settings, InstantSource clock) {
    this.accounts = accounts;
    this.settings = settings;
    this.clock = clock;
  }

  /** Keyed by {@code user_id}. */
  Reply list() {
    if (accounts.all().isEmpty()) {
      return Replies.error(404, "No accounts configured");
    }
    ObjectNode body = Json.object();
    accounts.all().forEach(account -> body.set(account.userId(), json(account)));
    return Reply.json(200, body);
  }

  Reply get(String userId) {
    return accounts
        .find(userId)
        .map(account -> Reply.json(200, json(account)))
        .orElseGet(() -> Replies.error(404, "Account " + userId + " not found"));
  }

  /**
   * Configures an account; here its id comes from its cookie, so the same cookie is the same
   * account.
   */
  Reply post(Fields fields) {
    String cookie = fields.required("cookie");
    int maxJobs =
        fields
            .number("maxJobs", 1, 10)
            .orElseThrow(() -> new BadRequest("Parameter maxJobs is required"));
    Account account =
        new Account(
            UUID.nameUUIDFromBytes(cookie.getBytes(StandardCharsets.UTF_8)).toString(), maxJobs);
    accounts.put(account);
    return Reply.json(201, json(account));
  }

  /** Listed by the vendor but not described; the empty 204 is ours. */
  Reply delete(String userId) {
    return accounts.remove(userId)
        ? new Reply.EmptyReply(204)
        : Replies.error(404, "Account " + userId + " not found");
  }

  private ObjectNode json(Account account) {
    Instant expires = clock.instant().plusSeconds(WEEK_SECONDS);
    ObjectNode json =
        Json.object().put("user_id", account.userId()).put("maxJobs", account.maxJobs());
    ObjectNode jwt =
        json.putObject("jwt").put("access_token", "…secured…").put("refresh_token", "…secured…");
    jwt.put("token_type", "bearer").put("expires_in", WEEK_SECONDS);
    jwt.put("expires_at", expires.getEpochSecond()).put("expires_at_UTC", TIME.format(expires));
    jwt.putObject("user").put("id", account.userId());
    if (settings.get().faults().accountError()) {
      json.put("error", "Unable to refresh cookie");
    }
    return json;
  }
}
