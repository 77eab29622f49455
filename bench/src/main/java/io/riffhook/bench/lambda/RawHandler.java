package io.riffhook.bench.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the callback function asks of AWS, and nothing else: one conditional write, and one message
 * sent. It checks no token, reads no JSON and logs nothing.
 */
public final class RawHandler implements RequestStreamHandler {
  private final DynamoDbClient dynamoDb =
      DynamoDbClient.builder()
          .region(Region.of(variable("AWS_REGION")))
          .endpointOverride(URI.create(variable("AWS_ENDPOINT_URL_DYNAMODB")))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .build();

  private final SqsClient sqs =
      SqsClient.builder()
          .region(Region.of(variable("AWS_REGION")))
          .endpointOverride(URI.create(variable("AWS_ENDPOINT_URL_SQS")))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .build();

  private static String variable(String name) {
    return Optional.ofNullable(System.getenv(name)).orElseThrow();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    String job = after(event, "\"jobId\":\"");
    String providerJob = after(event, "\\\"job_id\\\":\\\"").replace("\\", "");
    dynamoDb.updateItem(
        update ->
            update
                .tableName(variable("RIFFHOOK_TABLE"))
                .key(Map.of("PK", text("JOB#" + job), "SK", text("JOB")))
                .updateExpression("SET #updated = :now, #status = :generating ADD #woken :one")
                .conditionExpression(
                    "#status IN (:submitted, :generating) AND NOT contains(#woken, :job)")
                .expressionAttributeNames(
                    Map.of("#updated", "updatedAt", "#status", "status", "#woken", "wokenByPeer"))
                .expressionAttributeValues(
                    Map.of(
                        ":now",
                        AttributeValue.fromN(Long.toString(System.currentTimeMillis())),
                        ":generating",
                        text("GENERATING"),
                        ":submitted",
                        text("SUBMITTED"),
                        ":one",
                        AttributeValue.fromSs(List.of(providerJob)),
                        ":job",
                        text(providerJob)))
                .returnValues(ReturnValue.ALL_NEW));
    sqs.sendMessage(
        message ->
            message
                .queueUrl(variable("RIFFHOOK_DOWNLOAD_QUEUE"))
                .messageBody(
                    "{\"type\":\"collect\",\"jobId\":\"%s\",\"providerJob\":\"%s\",\"attempt\":1}"
                        .formatted(job, providerJob)));
    out.write("{\"statusCode\":204}".getBytes(StandardCharsets.UTF_8));
  }

  private static String after(String event, String mark) {
    int start = event.indexOf(mark) + mark.length();
    return event.substring(start, event.indexOf('"', start));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
