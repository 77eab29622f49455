package io.riffhook.bench.cost;

/**
 * What AWS bills, in us-east-1, without free tiers and discounts. AWS changes prices; whoever reads
 * a number by these looks at the page first.
 */
enum Price {
  LAMBDA_GB_SECOND(13.3334, "arm64, first tier", "https://aws.amazon.com/lambda/pricing/"),
  LAMBDA_REQUEST(0.20, "", "https://aws.amazon.com/lambda/pricing/"),
  DYNAMODB_WRITE_UNIT(0.625, "on demand", "https://aws.amazon.com/dynamodb/pricing/on-demand/"),
  DYNAMODB_READ_UNIT(0.125, "on demand", "https://aws.amazon.com/dynamodb/pricing/on-demand/"),
  SQS_REQUEST(0.40, "standard queue, each 64 kB", "https://aws.amazon.com/sqs/pricing/"),
  S3_PUT(5.00, "PUT, COPY, POST, LIST", "https://aws.amazon.com/s3/pricing/"),
  S3_GET(0.40, "GET and all others", "https://aws.amazon.com/s3/pricing/"),
  HTTP_API_REQUEST(1.00, "each 512 kB", "https://aws.amazon.com/api-gateway/pricing/"),
  EVENT(1.00, "custom event, each 64 kB", "https://aws.amazon.com/eventbridge/pricing/"),
  PIPE_REQUEST(0.40, "each 64 kB", "https://aws.amazon.com/eventbridge/pricing/"),
  LOG_MEGABYTE(500.0, "ingestion, first tier", "https://aws.amazon.com/cloudwatch/pricing/"),
  STATE_TRANSITION(25.0, "Standard", "https://aws.amazon.com/step-functions/pricing/"),
  DURABLE_OPERATION(8.0, "durable functions", "https://aws.amazon.com/lambda/pricing/"),
  DURABLE_MEGABYTE(250.0, "written", "https://aws.amazon.com/lambda/pricing/");

  /** When the prices were looked up. */
  static final String AS_OF = "2026-11-21";

  static final String REGION = "us-east-1";

  private static final double MILLION = 1_000_000;

  private final double perMillion;
  private final String what;
  private final String source;

  Price(double perMillion, String what, String source) {
    this.perMillion = perMillion;
    this.what = what;
    this.source = source;
  }

  /** Dollars for so many. */
  double of(double count) {
    return count * perMillion / MILLION;
  }

  /** Dollars for a million. */
  double perMillion() {
    return perMillion;
  }

  /** What is meant, where the name does not say it. */
  String what() {
    return what;
  }

  /** Where AWS says so. */
  String source() {
    return source;
  }
}
