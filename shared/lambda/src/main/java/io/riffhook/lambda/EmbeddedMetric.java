package io.riffhook.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A count of one in CloudWatch's embedded metric format: a line of the log that CloudWatch makes a
 * metric of
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * Written here and not by a library, for it is one line, and libraries load some 500 classes for it
 * while a caller waits (docs/decisions.md).
 *
 * @param namespace which metrics it is among
 * @param service the one dimension's value: the function that counts
 * @param name the metric
 */
record EmbeddedMetric(String namespace, String service, String name) {
  private static final String SERVICE = "Service";

  /** The line, without its end. */
  String line(Instant now) {
    ObjectNode line = Json.object();
    ObjectNode about = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
    ObjectNode metrics = about.putArray("CloudWatchMetrics").addObject();
    metrics.put("Namespace", namespace).putArray("Dimensions").addArray().add(SERVICE);
    metrics.putArray("Metrics").addObject().put("Name", name).put("Unit", "Count");
    return Json.text(line.put(SERVICE, service).put(name, 1));
  }
}
