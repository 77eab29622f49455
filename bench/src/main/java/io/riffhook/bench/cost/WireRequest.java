package io.riffhook.bench.cost;

/**
 * A request to AWS, as it was on the wire.
 *
 * @param source the function that sent it, or {@code host} for what Lambda's pollers and pipes do
 * @param service {@code dynamodb}, {@code sqs} or {@code s3}
 * @param operation as the service calls it
 * @param what the queue, or the item and what is changed of it
 * @param messages how many messages a request to a queue carried, or its answer
 * @param chunks how many requests it is billed as: queues count each 64 kB
 * @param readUnits of DynamoDB
 * @param writeUnits of DynamoDB, its indexes' too
 * @param refused whether a condition did not hold
 */
record WireRequest(
    String source,
    String service,
    String operation,
    String what,
    int messages,
    int chunks,
    double readUnits,
    double writeUnits,
    boolean refused) {

  static final String HOST = "host";
  static final String DYNAMODB = "dynamodb";
  static final String SQS = "sqs";
  static final String S3 = "s3";

  /** How a table of requests names it. */
  String title() {
    return "%s · %s %s%s".formatted(source, operation, what, refused ? " (refused)" : "");
  }

  /** Whether it is a poll that found nothing: billed by the hour and not by the job. */
  boolean isEmptyPoll() {
    return operation.equals("ReceiveMessage") && messages == 0;
  }

  boolean isOf(String queue) {
    return service.equals(SQS) && what.equals(queue);
  }
}
