package io.riffhook.local.aws;

import java.util.Locale;

/** Names of resources on one machine, where no CloudFormation gives them. */
final class PhysicalNames {
  private PhysicalNames() {}

  /** SubmissionQueue is riffhook-submission-queue: lower case, as a bucket's name must be. */
  static String of(String templateName) {
    return "riffhook"
        + templateName.replaceAll("(?<=[a-z0-9])(?=[A-Z])|^", "-").toLowerCase(Locale.ROOT);
  }
}
