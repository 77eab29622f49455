package io.riffhook.local.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.local.policies.AwsCall.Read;
import io.riffhook.local.policies.Permission.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge itself, with calls that need exactly the permissions of template.yaml. */
class PolicyJudgeTest {
  private static final Path TEMPLATE = Path.of("..", "template.yaml");

  private final Path folder;
  private final List<AwsCall> calls = callsFor(FunctionPolicies.read(TEMPLATE));

  PolicyJudgeTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
  }

  /** One call for each permission but those that Secrets Manager uses. */
  private static List<AwsCall> callsFor(List<Permission> permissions) {
    return permissions.stream()
        .filter(permission -> !permission.action().equals("kms:Decrypt"))
        .map(
            permission ->
                new AwsCall(
                    permission.function(),
                    "Test Operation",
                    permission.action(),
                    permission.resource().replace("*", "x"),
                    keys(permission),
                    Read.NONE))
        .toList();
  }

  private static Set<String> keys(Permission permission) {
    return permission.conditions().values().stream()
        .map(patterns -> patterns.getFirst().replace("*", "x"))
        .collect(Collectors.toSet());
  }

  private static PolicyJudge judge(Path template) throws IOException {
    return new PolicyJudge(FunctionPolicies.read(template), Map.of(), Map.of());
  }

  /** The template with one text replaced, after another text. */
  private PolicyJudge judgeOf(String after, String replaced, String replacement)
      throws IOException {
    String text = Files.readString(TEMPLATE);
    int from = text.indexOf(after);
    assertThat(from).as(after).isNotNegative();
    int at = text.indexOf(replaced, from);
    assertThat(at).as(replaced).isNotNegative();
    Path changed = folder.resolve("template.yaml");
    Files.writeString(
        changed, text.substring(0, at) + replacement + text.substring(at + replaced.length()));
    return judge(changed);
  }

  @Test
  void shouldFindNothingIfEachCallNeedsOnePermission() throws IOException {
    assertThat(calls).hasSizeGreaterThan(100);
    assertThat(judge(TEMPLATE).refused(calls)).isEmpty();
    assertThat(judge(TEMPLATE).unused(calls)).isEmpty();
  }

  @Test
  void shouldRefuseACallWhosePermissionWasTakenAway() throws IOException {
    assertThat(
            judgeOf("\n  NotifyFunction:\n", "\n                - !GetAtt BatchQueue.Arn\n", "\n")
                .refused(calls))
        .containsExactly(
            "no policy allows NotifyFunction: sqs:SendMessage on"
                + " arn:aws:sqs:us-east-1:000000000000:riffhook-batch-queue (Test Operation)");
    assertThat(judgeOf("\n  CheckFunction:\n", "dynamodb:PutItem, ", "").refused(calls))
        .containsExactly(
            "no policy allows CheckFunction: dynamodb:PutItem on"
                + " arn:aws:dynamodb:us-east-1:000000000000:table/riffhook-table (Test Operation)");
  }

  @Test
  void shouldRefuseCallsIfAWholePolicyWasTakenAway() throws IOException {
    assertThat(
            judgeOf(
                    "\n  CheckFunction:\n",
                    "        - !If [HasProviderSecret, !Ref ProviderSecretsPolicy, !Ref"
                        + " AWS::NoValue]\n",
                    "")
                .refused(calls))
        .hasSizeGreaterThan(7)
        .allMatch(refusal -> refusal.startsWith("no policy allows CheckFunction: "))
        .anyMatch(refusal -> refusal.contains("kms:Decrypt"));
  }

  @Test
  void shouldFindAPermissionThatNoCallNeeds() throws IOException {
    PolicyJudge judge =
        judgeOf(
            "\n  DownloadFunction:\n", "s3:AbortMultipartUpload", "s3:AbortMultipartUpload, s3:X");

    assertThat(judge.refused(calls)).isEmpty();
    assertThat(judge.unused(calls))
        .singleElement()
        .asString()
        .startsWith("no call needs DownloadFunction: s3:X on arn:aws:s3:::riffhook-bucket/* (");
  }

  @Test
  void shouldFindAPermissionThatIsThereTwice() throws IOException {
    String statement =
        """
                    - Effect: Allow
                      Action: dynamodb:UpdateItem
                      Resource: !GetAtt Table.Arn
        """;
    PolicyJudge judge = judgeOf("\n  CallbackFunction:\n", statement, statement + statement);

    assertThat(judge.unused(calls))
        .hasSize(2)
        .allMatch(
            finding -> finding.startsWith("no call needs CallbackFunction: dynamodb:UpdateItem"));
  }

  @Test
  void shouldHoldCallsToTheKeysOfACondition() throws IOException {
    AwsCall call =
        new AwsCall(
            "AuthorizerFunction",
            "DynamoDB GetItem",
            "dynamodb:GetItem",
            Arns.table("riffhook-table"),
            Set.of("JOB#x"),
            Read.CONSISTENT);

    assertThat(judge(TEMPLATE).refused(List.of(call)))
        .containsExactly(
            "no policy allows AuthorizerFunction: dynamodb:GetItem on"
                + " arn:aws:dynamodb:us-east-1:000000000000:table/riffhook-table with the keys"
                + " JOB#x (DynamoDB GetItem)");
  }

  @Test
  void shouldRefuseConditionsThatItCannotJudge() {
    Map<Condition, List<String>> conditions =
        Map.of(new Condition("StringLike", "s3:prefix"), List.of("inbox/*"));

    assertThatThrownBy(() -> new Permission("F", "statement 1 of F", "a:B", "r", conditions))
        .hasMessage(
            "statement 1 of F has conditions not known here: [Condition[operator=StringLike,"
                + " key=s3:prefix]]");
  }

  @Test
  void shouldFindReadsThatMayBeOutOfDate() throws IOException {
    AwsCall stale = read(Read.EVENTUAL, "JOB#x");
    AwsCall index = read(Read.INDEX, "OWNER#x");
    AwsCall excused = read(Read.EVENTUAL, "HEALTH");
    PolicyJudge judge =
        new PolicyJudge(
            FunctionPolicies.read(TEMPLATE),
            Map.of(),
            Map.of("CheckFunction dynamodb:GetItem HEALTH", "a reason"));

    assertThat(judge.eventual(List.of(stale, index, excused, read(Read.CONSISTENT, "JOB#x"))))
        .containsExactly("not a consistent read: " + stale, "not a consistent read: " + index);
  }

  private static AwsCall read(Read read, String key) {
    return new AwsCall(
        "CheckFunction",
        "DynamoDB GetItem",
        "dynamodb:GetItem",
        Arns.table("riffhook-table"),
        Set.of(key),
        read);
  }

  @Test
  void shouldFindExceptionsForNoPermission() throws IOException {
    String excused = "CallbackFunction dynamodb:UpdateItem " + Arns.table("riffhook-table");
    PolicyJudge judge =
        new PolicyJudge(
            FunctionPolicies.read(TEMPLATE),
            Map.of(excused, "a reason", "CallbackFunction s3:GetObject x", "a reason"),
            Map.of());

    assertThat(judge.stale())
        .containsExactly("an exception is for no permission: CallbackFunction s3:GetObject x");
    assertThat(judge.unused(List.of()))
        .hasSize(judge.permissions().size() - 1)
        .noneMatch(finding -> finding.contains("CallbackFunction: dynamodb:UpdateItem"));
  }

  /** One policy holds the tokens of all providers for all functions that call providers. */
  @Test
  void shouldJudgeASharedPolicyAsAWhole() throws IOException {
    List<AwsCall> withoutTokensOfApi =
        calls.stream()
            .filter(
                call ->
                    !call.function().equals("ApiFunction")
                        || !call.action().startsWith("secretsmanager:"))
            .toList();

    assertThat(judge(TEMPLATE).unused(withoutTokensOfApi)).isEmpty();
  }
}
