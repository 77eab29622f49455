package io.riffhook.local.policies;

/** ARNs of resources, in the region and the account that emulators have. */
final class Arns {
  static final String REGION = "us-east-1";
  static final String ACCOUNT = "000000000000";

  private Arns() {}

  static String table(String name) {
    return of("dynamodb", "table/" + name);
  }

  static String queue(String name) {
    return of("sqs", name);
  }

  static String bucket(String name) {
    return "arn:aws:s3:::" + name;
  }

  static String secret(String name) {
    return of("secretsmanager", "secret:" + name);
  }

  static String parameter(String name) {
    return of("ssm", "parameter" + name);
  }

  static String key(String name) {
    return of("kms", "key/" + name);
  }

  private static String of(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
  }
}
