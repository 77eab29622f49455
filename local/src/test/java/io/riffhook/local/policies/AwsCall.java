package io.riffhook.local.policies;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A call of AWS as IAM judges it.
 *
 * @param function the function that made it, by its name in the template
 * @param operation the service and the operation, as the SDK names them
 * @param action the permission that the call needs
 * @param resource the ARN that it is needed for
 * @param leadingKeys the partition keys of a call of DynamoDB, with their values shortened
 * @param read how up to date a read of the table is
 */
record AwsCall(
    String function,
    String operation,
    String action,
    String resource,
    Set<String> leadingKeys,
    Read read) {

  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 6;

  /** How up to date a read is. */
  enum Read {
    /** Not a read of the table. */
    NONE,
    CONSISTENT,
    EVENTUAL,
    /** A read of an index, which cannot be consistent. */
    INDEX
  }

  AwsCall {
    leadingKeys = Set.copyOf(leadingKeys);
  }

  static AwsCall of(String function, String operation, String action, String resource) {
    return new AwsCall(function, operation, action, resource, Set.of(), Read.NONE);
  }

  /** One line, without its end. */
  String line() {
    return String.join(SEPARATOR, function, operation, action, resource, keys(), read.name());
  }

  private String keys() {
    return String.join(",", new TreeSet<>(leadingKeys));
  }

  static AwsCall parse(String line) {
    List<String> fields = List.of(line.split(SEPARATOR, -1));
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException("not a recorded call: " + line);
    }
    return new AwsCall(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3),
        Arrays.stream(fields.get(4).split(","))
            .filter(key -> !key.isEmpty())
            .collect(Collectors.toSet()),
        Read.valueOf(fields.get(5)));
  }

  @Override
  public String toString() {
    String keys = leadingKeys.isEmpty() ? "" : " with the keys " + keys();
    return "%s: %s on %s%s (%s)".formatted(function, action, resource, keys, operation);
  }
}
