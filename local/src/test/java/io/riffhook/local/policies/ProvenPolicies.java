package io.riffhook.local.policies;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the calls that the integration tests recorded by the policies in template.yaml. The build
 * runs it after them, and fails if a call is outside its function's policies, if no call needs a
 * permission, or if a read of the table may be out of date without a reason. After a run of some of
 * the tests, permissions that no call needed are not judged.
 */
final class ProvenPolicies {
  /** Permissions that a run of the tests may not need, each with the reason why it stays. */
  private static final Map<String, String> UNUSED =
      Map.of(
          "BatchFunction s3:GetObject " + Arns.bucket("riffhook-bucket/outbox/*"),
          "the report on an inbox file is linked only if a caller asks for it",
          "BatchFunction s3:ListBucket " + Arns.bucket("riffhook-bucket"),
          "an inbox file that is gone must be a 404: S3BatchFilesIT reads one",
          "BatchFunction ssm:GetParameter " + Arns.parameter("/riffhook/standard-mapping"),
          "only if a batch is for the standard provider, and its mapping is in a parameter",
          "BatchFunction sqs:ChangeMessageVisibility " + Arns.queue("riffhook-batch-queue"),
          "a message is retried early only after a failure",
          "NotifyFunction sqs:ChangeMessageVisibility " + Arns.queue("riffhook-notification-queue"),
          "a message is retried early only after a failure",
          "CallbackFunction sqs:SendMessage " + Arns.queue("riffhook-notification-queue"),
          "progress is published only to endpoints that want it",
          "CheckFunction sqs:SendMessage " + Arns.queue("riffhook-submission-queue"),
          "a check repairs a lost submission only after minutes",
          "DownloadFunction s3:AbortMultipartUpload " + Arns.bucket("riffhook-bucket/*"),
          "S3UploadTest breaks off an upload of several parts; the tests' files have one",
          "SubmitFunction dynamodb:BatchGetItem " + Arns.table("riffhook-table"),
          "a retry of a job with songs, or a full limit, reads them together",
          "SubmitFunction sqs:SendMessage " + Arns.queue("riffhook-batch-queue"),
          "a batch's line is rejected in the queue only if the settings changed meanwhile");

  /** Reads that decide nothing, each with the reason. */
  private static final Map<String, String> EVENTUAL =
      Map.of(
          "ApiFunction dynamodb:GetItem HEALTH",
          "the health check reads no item; it only asks whether the table answers",
          "ApiFunction dynamodb:Query OWNER#x",
          "lists of jobs and songs read the index, which cannot be consistent",
          "ApiFunction dynamodb:Query PROVIDER#x",
          "GET /v1/providers only shows outages; a provider is chosen by a consistent read",
          "BatchFunction dynamodb:Query OWNER#x",
          "lists of batches read the index, which cannot be consistent");

  /** What tests call a table or bucket that is not there, to see what callers are answered. */
  private static final String MISSING = "no-such-";

  private static final String TESTS = "local/target/test-classes";
  private static final String CALLS = "local/target/aws-calls";
  private static final String REPORTS = "local/target/failsafe-reports";

  private ProvenPolicies() {}

  /** Ends the build if something is found. */
  public static void main(String... arguments) throws IOException {
    System.exit(run(Path.of(arguments[0]), System.out));
  }

  static int run(Path root, PrintStream out) throws IOException {
    CallLog.Content log = CallLog.read(root.resolve(CALLS));
    List<AwsCall> calls =
        log.calls().stream().filter(call -> !call.resource().contains(MISSING)).toList();
    if (calls.isEmpty()) {
      if (integrationTestsRan(root)) {
        out.println("Integration tests ran, but no call of AWS was recorded below " + CALLS);
        return 1;
      }
      out.println("No integration tests ran, so no policies were judged");
      return 0;
    }
    PolicyJudge judge =
        new PolicyJudge(FunctionPolicies.read(root.resolve("template.yaml")), UNUSED, EVENTUAL);
    Set<String> left = new HashSet<>(integrationTests(root));
    left.removeAll(log.ran());
    List<String> findings = new ArrayList<>(judge.refused(calls));
    findings.addAll(judge.eventual(calls));
    findings.addAll(judge.stale());
    if (left.isEmpty()) {
      findings.addAll(judge.unused(calls));
    }
    findings.forEach(out::println);
    out.printf(
        "%d kinds of AWS calls, %d permissions%s: %d findings%n",
        calls.size(),
        judge.permissions().size(),
        left.isEmpty()
            ? ""
            : " (unused ones not judged: %d test classes did not run)".formatted(left.size()),
        findings.size());
    return findings.isEmpty() ? 0 : 1;
  }

  private static Set<String> integrationTests(Path root) throws IOException {
    Path folder = root.resolve(TESTS);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("IT.class"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
          .collect(Collectors.toSet());
    }
  }

  private static boolean integrationTestsRan(Path root) throws IOException {
    Path folder = root.resolve(REPORTS);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith("IT.xml"));
    }
  }
}
