package io.riffhook.local.policies;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Judges recorded calls by the functions' permissions.
 *
 * @param unusedFor reasons for permissions that no call needs, by function, action and resource
 * @param eventualFor reasons for reads that need not be consistent, by function, action and key
 */
record PolicyJudge(
    List<Permission> permissions, Map<String, String> unusedFor, Map<String, String> eventualFor) {

  PolicyJudge {
    permissions = List.copyOf(permissions);
    unusedFor = Map.copyOf(unusedFor);
    eventualFor = Map.copyOf(eventualFor);
  }

  /** Calls that AWS would refuse. */
  List<String> refused(List<AwsCall> calls) {
    return withKeys(calls)
        .filter(call -> permissions.stream().noneMatch(permission -> permission.allows(call)))
        .map(call -> "no policy allows " + call)
        .toList();
  }

  /**
   * Permissions without which every call would still be allowed. One policy that several functions
   * share is judged as a whole: what one of them needs in it is needed.
   */
  List<String> unused(List<AwsCall> calls) {
    List<AwsCall> all = withKeys(calls).toList();
    return permissions.stream()
        .filter(permission -> !unusedFor.containsKey(name(permission)))
        .filter(
            permission ->
                permissions.stream()
                    .filter(each -> each.equals(permission) || each.isSharedWith(permission))
                    .noneMatch(each -> all.stream().anyMatch(call -> isOnly(each, call))))
        .map(permission -> "no call needs " + permission)
        .toList();
  }

  private boolean isOnly(Permission permission, AwsCall call) {
    return permission.allows(call)
        && permissions.stream().filter(each -> each.allows(call)).count() == 1;
  }

  private static String name(Permission permission) {
    return String.join(" ", permission.function(), permission.action(), permission.resource());
  }

  /** Exceptions that name no permission. */
  List<String> stale() {
    List<String> names = permissions.stream().map(PolicyJudge::name).toList();
    return unusedFor.keySet().stream()
        .filter(name -> !names.contains(name))
        .map(name -> "an exception is for no permission: " + name)
        .sorted()
        .toList();
  }

  /** Reads of the table or an index that may be out of date, without a reason. */
  List<String> eventual(List<AwsCall> calls) {
    return calls.stream()
        .filter(call -> call.read() == AwsCall.Read.EVENTUAL || call.read() == AwsCall.Read.INDEX)
        .filter(
            call ->
                call.leadingKeys().isEmpty()
                    || !call.leadingKeys().stream()
                        .allMatch(key -> eventualFor.containsKey(name(call, key))))
        .map(call -> "not a consistent read: " + call)
        .toList();
  }

  private static String name(AwsCall call, String key) {
    return String.join(" ", call.function(), call.action(), key);
  }

  /**
   * The calls, and those that Secrets Manager makes for them: a secret under a customer's key is
   * decrypted with the permissions of the caller. The stack's own secret is under AWS's key.
   */
  private static Stream<AwsCall> withKeys(List<AwsCall> calls) {
    return calls.stream()
        .flatMap(
            call ->
                call.action().equals("secretsmanager:GetSecretValue")
                        && !call.resource().equals(Arns.secret("CallbackSecrets"))
                    ? Stream.of(
                        call,
                        AwsCall.of(
                            call.function(),
                            call.operation(),
                            "kms:Decrypt",
                            FunctionPolicies.SECRETS_KEY))
                    : Stream.of(call))
        .distinct();
  }
}
