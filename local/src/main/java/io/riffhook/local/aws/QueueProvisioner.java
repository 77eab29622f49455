package io.riffhook.local.aws;

import io.riffhook.local.template.Queue;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Creates queues; one that exists keeps its messages and gets the template's attributes. */
final class QueueProvisioner {
  private final SqsClient sqs;
  private final Optional<Duration> visibility;

  /**
   * @param visibility replaces the visibility timeout of every queue, so that a failure comes back
   *     sooner
   */
  QueueProvisioner(SqsClient sqs, Optional<Duration> visibility) {
    this.sqs = sqs;
    this.visibility = visibility;
  }

  /** Answers the queues by their names in the template. */
  Map<String, ProvisionedQueue> create(List<Queue> queues) {
    Map<String, ProvisionedQueue> created = new LinkedHashMap<>();
    queues.stream()
        .sorted(Comparator.comparing(queue -> queue.redrive().isPresent())) // dead letters first
        .forEach(queue -> created.put(queue.name(), create(queue, created)));
    return created;
  }

  private ProvisionedQueue create(Queue queue, Map<String, ProvisionedQueue> earlier) {
    String name = PhysicalNames.of(queue.name());
    Duration hidden = visibility.orElse(queue.visibilityTimeout());
    Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(hidden.toSeconds()));
    queue
        .redrive()
        .ifPresent(
            redrive -> attributes.put(QueueAttributeName.REDRIVE_POLICY, policy(redrive, earlier)));
    String url = urlOf(name, attributes);
    String arn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    return new ProvisionedQueue(name, url, arn, hidden);
  }

  private String urlOf(String name, Map<QueueAttributeName, String> attributes) {
    try {
      String url = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
      sqs.setQueueAttributes(request -> request.queueUrl(url).attributes(attributes));
      return url;
    } catch (QueueDoesNotExistException e) {
      return sqs.createQueue(request -> request.queueName(name).attributes(attributes)).queueUrl();
    }
  }

  private static String policy(Queue.Redrive redrive, Map<String, ProvisionedQueue> earlier) {
    ProvisionedQueue target = earlier.get(redrive.deadLetterQueue());
    if (target == null) {
      throw new IllegalStateException(
          redrive.deadLetterQueue() + " takes dead letters and has a dead-letter queue itself");
    }
    return "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
        .formatted(target.arn(), redrive.maxReceiveCount());
  }
}
