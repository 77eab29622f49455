package io.riffhook.local.host;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.template.Bucket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tells queues of new objects, as S3 does; the embedded S3 tells nobody, and one elsewhere need not
 * be told to.
 *
 * <p>Once a second it lists what lies under the prefixes that somebody wants to know of, and sends
 * S3's message for each object that it has not seen, or not with this content. Where nobody drops
 * anything that is one small request a second, on AWS itself about 0.40 USD a day. What was seen is
 * not kept: whatever lies there is told of once more after each start, as S3 itself may tell twice.
 */
final class BucketWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(BucketWatcher.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final AwsServices aws;
  private final String bucket;
  private final List<Bucket.Notification> notifications;
  private final Map<String, String> seen = new HashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  BucketWatcher(AwsServices aws, Bucket bucket) {
    this.aws = aws;
    this.bucket = aws.bucket(bucket.name());
    notifications = bucket.notifications();
    thread = Thread.ofVirtual().name("watch-" + this.bucket).unstarted(this::watch);
  }

  void start() {
    thread.start();
  }

  /** Waits until nothing is looked for any more. */
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }

  private void watch() {
    try {
      while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          look();
        } catch (SdkException e) {
          LOG.warn("cannot look into {}: {}", bucket, e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void look() {
    Map<String, String> there = new HashMap<>();
    notifications.stream()
        .map(Bucket.Notification::prefix)
        .distinct()
        .forEach(
            prefix ->
                aws.s3()
                    .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
                    .contents()
                    .forEach(
                        object -> {
                          there.put(object.key(), object.eTag());
                          tell(object);
                        }));
    // What is gone may come again.
    seen.keySet().retainAll(there.keySet());
  }

  private void tell(S3Object object) {
    if (object.eTag().equals(seen.get(object.key()))) {
      return;
    }
    notifications.stream()
        .filter(each -> each.wants(object.key()))
        .map(Bucket.Notification::queue)
        .distinct()
        .forEach(
            queue ->
                aws.sqs()
                    .sendMessage(
                        send -> send.queueUrl(aws.queue(queue).url()).messageBody(event(object))));
    seen.put(object.key(), object.eTag());
  }

  /**
   * As https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html.
   */
  private String event(S3Object object) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode record =
        event
            .putArray("Records")
            .addObject()
            .put("eventVersion", "2.1")
            .put("eventSource", "aws:s3")
            .put("awsRegion", aws.region())
            .put("eventTime", object.lastModified().toString())
            .put("eventName", "ObjectCreated:Put");
    ObjectNode s3 = record.putObject("s3").put("s3SchemaVersion", "1.0");
    s3.putObject("bucket").put("name", bucket);
    s3.putObject("object")
        .put("key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8))
        .put("size", object.size())
        .put("eTag", object.eTag().replace("\"", ""));
    return event.toString();
  }
}
