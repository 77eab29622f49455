package io.riffhook.local.policies;

import io.riffhook.local.policies.AwsCall.Read;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Says which permission a request needs, by AWS's Service Authorization Reference. An operation
 * that is not listed here needs one that no policy grants, so that it is noticed.
 *
 * @param function the function that makes the request
 * @param operation the service and the operation, as the SDK names them
 */
record RequiredPermissions(String function, String operation) {
  private static final String PARTITION_KEY = "PK";

  /** The condition on the partition key, which this project writes first. */
  private static final Pattern KEY_CONDITION = Pattern.compile("(#?\\w+) = (:\\w+)\\b.*");

  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{16,}");

  List<AwsCall> of(SdkRequest request) {
    return switch (request) {
      case GetItemRequest get ->
          List.of(item("GetItem", get.tableName(), get.key(), read(get.consistentRead())));
      case PutItemRequest put -> List.of(item("PutItem", put.tableName(), put.item(), Read.NONE));
      case UpdateItemRequest update ->
          List.of(item("UpdateItem", update.tableName(), update.key(), Read.NONE));
      case DeleteItemRequest delete ->
          List.of(item("DeleteItem", delete.tableName(), delete.key(), Read.NONE));
      case BatchGetItemRequest get ->
          get.requestItems().entrySet().stream()
              .map(
                  table ->
                      table(
                          "BatchGetItem",
                          table.getKey(),
                          leading(table.getValue().keys()),
                          read(table.getValue().consistentRead())))
              .toList();
      case QueryRequest query -> List.of(query(query));
      case SendMessageRequest send -> List.of(queue("SendMessage", send.queueUrl()));
      case SendMessageBatchRequest send -> List.of(queue("SendMessage", send.queueUrl()));
      case ChangeMessageVisibilityRequest change ->
          List.of(queue("ChangeMessageVisibility", change.queueUrl()));
      case GetQueueAttributesRequest get -> List.of(queue("GetQueueAttributes", get.queueUrl()));
      case PutObjectRequest put -> List.of(object("PutObject", put.bucket(), put.key()));
      case CreateMultipartUploadRequest put ->
          List.of(object("PutObject", put.bucket(), put.key()));
      case UploadPartRequest put -> List.of(object("PutObject", put.bucket(), put.key()));
      case CompleteMultipartUploadRequest put ->
          List.of(object("PutObject", put.bucket(), put.key()));
      case AbortMultipartUploadRequest abort ->
          List.of(object("AbortMultipartUpload", abort.bucket(), abort.key()));
      case GetObjectRequest get -> List.of(object("GetObject", get.bucket(), get.key()));
      case HeadObjectRequest head -> List.of(object("GetObject", head.bucket(), head.key()));
      case HeadBucketRequest head -> List.of(listBucket(head.bucket()));
      default -> List.of(other(request));
    };
  }

  /**
   * S3 answers 404 only to a caller who may list the bucket, and 403 to others: a function that was
   * answered 404 needs that permission to learn the same from AWS.
   */
  List<AwsCall> ofNotFound(SdkRequest request) {
    return switch (request) {
      case GetObjectRequest get -> List.of(listBucket(get.bucket()));
      case HeadObjectRequest head -> List.of(listBucket(head.bucket()));
      default -> List.of();
    };
  }

  /** Secrets Manager and SSM, whose classes this module does not otherwise need. */
  private AwsCall other(SdkRequest request) {
    return switch (operation.substring(operation.lastIndexOf(' ') + 1)) {
      case "GetSecretValue" ->
          AwsCall.of(
              function,
              operation,
              "secretsmanager:GetSecretValue",
              request.getValueForField("SecretId", String.class).orElseThrow());
      case "GetParameter" ->
          AwsCall.of(
              function,
              operation,
              "ssm:GetParameter",
              Arns.parameter(request.getValueForField("Name", String.class).orElseThrow()));
      default -> AwsCall.of(function, operation, "unknown", "unknown");
    };
  }

  private AwsCall query(QueryRequest query) {
    Matcher condition = KEY_CONDITION.matcher(query.keyConditionExpression());
    Set<String> keys =
        condition.matches()
            ? Stream.ofNullable(query.expressionAttributeValues().get(condition.group(2)))
                .map(RequiredPermissions::shortened)
                .collect(Collectors.toSet())
            : Set.of();
    return query.indexName() == null
        ? table("Query", query.tableName(), keys, read(query.consistentRead()))
        : new AwsCall(
            function,
            operation,
            "dynamodb:Query",
            Arns.table(query.tableName()) + "/index/" + query.indexName(),
            keys,
            Read.INDEX);
  }

  private AwsCall item(String action, String table, Map<String, AttributeValue> item, Read read) {
    return table(action, table, leading(List.of(item)), read);
  }

  private AwsCall table(String action, String table, Set<String> keys, Read read) {
    return new AwsCall(function, operation, "dynamodb:" + action, Arns.table(table), keys, read);
  }

  private AwsCall queue(String action, String url) {
    String name = url.substring(url.lastIndexOf('/') + 1);
    return AwsCall.of(function, operation, "sqs:" + action, Arns.queue(name));
  }

  private AwsCall object(String action, String bucket, String key) {
    String shortened =
        Stream.of(key.split("/"))
            .map(RequiredPermissions::withoutId)
            .collect(Collectors.joining("/"));
    return AwsCall.of(function, operation, "s3:" + action, Arns.bucket(bucket) + "/" + shortened);
  }

  private AwsCall listBucket(String bucket) {
    return AwsCall.of(function, operation, "s3:ListBucket", Arns.bucket(bucket));
  }

  private static Read read(@Nullable Boolean consistent) {
    return Boolean.TRUE.equals(consistent) ? Read.CONSISTENT : Read.EVENTUAL;
  }

  private static Set<String> leading(Collection<Map<String, AttributeValue>> items) {
    return items.stream()
        .flatMap(item -> Stream.ofNullable(item.get(PARTITION_KEY)))
        .map(RequiredPermissions::shortened)
        .collect(Collectors.toSet());
  }

  /** The kind of a key, as {@code JOB#x}: ids would make every call another one. */
  private static String shortened(AttributeValue key) {
    return key.s().replaceFirst("#.*", "#x");
  }

  private static String withoutId(String segment) {
    return ID.matcher(segment).matches() ? "x" : segment;
  }
}
