package io.riffhook.local.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.local.policies.AwsCall.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

class AwsCallRecorderTest {
  private static final RequiredPermissions REQUIRED = new RequiredPermissions("F", "Op");

  private final Path folder;

  AwsCallRecorderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static AwsCall only(SdkRequest request) {
    List<AwsCall> calls = REQUIRED.of(request);
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  @Test
  void shouldKnowTheFunctionByTheStack() {
    assertThat(
            AwsCallRecorder.functionOf(
                Stream.of(
                    "io.riffhook.aws.AwsClients",
                    "io.riffhook.submit.SubmitFunction",
                    "io.riffhook.local.host.HandlerFactory")))
        .contains("SubmitFunction");
    assertThat(
            AwsCallRecorder.functionOf(
                Stream.of(
                    "io.riffhook.aws.EnvironmentSettings",
                    "io.riffhook.lambda.HttpFunction",
                    "io.riffhook.lambda.Triggers",
                    "io.riffhook.api.ApiFunction")))
        .as("a client that is made when its function is called")
        .contains("ApiFunction");
    assertThat(
            AwsCallRecorder.functionOf(
                Stream.of("io.riffhook.aws.AwsClients", "io.riffhook.local.host.EchoFunction")))
        .isEmpty();
  }

  @Test
  void shouldKnowThePermissionsOfReads() {
    Map<String, AttributeValue> job =
        Map.of("PK", AttributeValue.fromS("JOB#1"), "SK", AttributeValue.fromS("JOB"));
    BatchGetItemRequest.Builder get = BatchGetItemRequest.builder();
    KeysAndAttributes.Builder keys = KeysAndAttributes.builder().keys(List.of(job));
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName("t")
            .keyConditionExpression("#owner = :owner AND begins_with(#key, :kind)")
            .expressionAttributeValues(Map.of(":owner", AttributeValue.fromS("OWNER#a#JOB")));

    assertThat(only(get.requestItems(Map.of("t", keys.consistentRead(true).build())).build()))
        .isEqualTo(table("BatchGetItem", "", "JOB#x", Read.CONSISTENT));
    assertThat(only(get.requestItems(Map.of("t", keys.consistentRead(false).build())).build()))
        .isEqualTo(table("BatchGetItem", "", "JOB#x", Read.EVENTUAL));
    assertThat(only(query.build())).isEqualTo(table("Query", "", "OWNER#x", Read.EVENTUAL));
    assertThat(only(query.indexName("GSI1").build()))
        .isEqualTo(table("Query", "/index/GSI1", "OWNER#x", Read.INDEX));
  }

  private static AwsCall table(String action, String index, String key, Read read) {
    return new AwsCall("F", "Op", "dynamodb:" + action, Arns.table("t") + index, Set.of(key), read);
  }

  @Test
  void shouldKnowThePermissionsOfOtherCalls() {
    assertThat(only(SendMessageBatchRequest.builder().queueUrl("http://a/0/q").build()))
        .isEqualTo(AwsCall.of("F", "Op", "sqs:SendMessage", Arns.queue("q")));
    assertThat(
            only(
                UploadPartRequest.builder()
                    .bucket("b")
                    .key("owner/01a22fba-8c97-7d24-a87b-4cd09cbcdbcf/song.mp3")
                    .build()))
        .isEqualTo(AwsCall.of("F", "Op", "s3:PutObject", "arn:aws:s3:::b/owner/x/song.mp3"));
    assertThat(only(DescribeTableRequest.builder().tableName("t").build()).action())
        .isEqualTo("unknown");
  }

  /** S3 answers 403 in place of 404 without it. */
  @Test
  void shouldCountANotFoundObjectAsAListOfTheBucket() {
    assertThat(REQUIRED.ofNotFound(GetObjectRequest.builder().bucket("b").key("k").build()))
        .containsExactly(AwsCall.of("F", "Op", "s3:ListBucket", "arn:aws:s3:::b"));
  }

  @Test
  void shouldKeepEachCallOnceAndForgetEarlierRuns() throws IOException {
    AwsCall call = table("GetItem", "", "JOB#x", Read.CONSISTENT);
    AwsCall other = AwsCall.of("F", "Op", "s3:ListBucket", "arn:aws:s3:::b");
    Path file = Files.createDirectories(folder.resolve("calls")).resolve("1.tsv");
    Files.writeString(file, "call of an earlier run");

    CallLog log = new CallLog(Optional.of(file));
    log.called(call);
    log.called(other);
    log.called(call);
    log.ran("io.riffhook.local.SomeIT");

    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(CallLog.read(folder.resolve("calls")))
        .isEqualTo(new CallLog.Content(List.of(call, other), Set.of("io.riffhook.local.SomeIT")));
    assertThat(CallLog.read(folder.resolve("none")).calls()).isEmpty();
  }
}
