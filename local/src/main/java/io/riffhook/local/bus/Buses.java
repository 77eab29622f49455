package io.riffhook.local.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.local.aws.AwsServices;
import io.riffhook.local.template.EventBus;
import io.riffhook.local.template.EventPath;
import io.riffhook.local.template.Rule;
import io.riffhook.local.template.Template;
import io.riffhook.local.template.TemplateException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.event.ruler.Machine;

/**
 * The event buses of a template with their rules. An event that {@link Bus#put} has taken is with
 * all its targets; one that it failed on may be with some, and comes there again when it is put
 * again. Safe for use by many threads.
 */
public final class Buses {
  private static final Logger LOG = LoggerFactory.getLogger(Buses.class);

  private final AwsServices aws;
  private final Map<String, Bus> byTemplateName = new LinkedHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  private Buses(AwsServices aws) {
    this.aws = aws;
  }

  /**
   * The buses, ready to take events.
   *
   * @throws TemplateException where a rule's pattern is none
   */
  public static Buses of(Template template, AwsServices aws) {
    Buses buses = new Buses(aws);
    for (EventBus declared : template.eventBuses()) {
      List<Rule> rules =
          template.rules().stream().filter(rule -> rule.bus().equals(declared.name())).toList();
      buses.byTemplateName.put(declared.name(), buses.new Bus(aws.busName(declared.name()), rules));
    }
    return buses;
  }

  /**
   * Adds a listener that is told each event, as JSON, when it is put on a bus: before its targets
   * have it, and again should it be put again.
   */
  public void onEvent(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** A bus by its name in the template. */
  Bus declared(String templateName) {
    Bus bus = byTemplateName.get(templateName);
    if (bus == null) {
      throw new IllegalArgumentException("the template has no event bus " + templateName);
    }
    return bus;
  }

  /** A bus by the name or ARN that events are sent to. */
  Optional<Bus> find(String nameOrArn) {
    return byTemplateName.values().stream()
        .filter(bus -> bus.name.equals(nameOrArn) || bus.arn().equals(nameOrArn))
        .findFirst();
  }

  private void tell(String event) {
    for (Consumer<String> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed", e);
      }
    }
  }

  /** One bus. */
  final class Bus {
    private final String name;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final Machine machine = Machine.builder().build();

    private Bus(String name, List<Rule> rules) {
      this.name = name;
      for (Rule rule : rules) {
        try {
          machine.addRule(rule.name(), rule.pattern());
        } catch (IOException e) {
          throw new TemplateException(
              rule.name() + ": " + rule.pattern() + " is no event pattern: " + e.getMessage());
        }
        this.rules.put(rule.name(), rule);
      }
    }

    private String arn() {
      return "arn:aws:events:%s:%s:event-bus/%s".formatted(aws.region(), aws.account(), name);
    }

    /**
     * Sends an event to the targets of all rules that it matches.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException where a target did not take it
     */
    void put(BusEvent event) {
      ObjectNode envelope = event.envelope(aws.account(), aws.region());
      String json = envelope.toString();
      tell(json);
      for (String rule : matching(json)) {
        Optional.ofNullable(rules.get(rule)).orElseThrow().targets().stream()
            .forEach(target -> send(envelope, target));
      }
    }

    private List<String> matching(String event) {
      try {
        return machine.rulesForJSONEvent(event);
      } catch (Exception e) {
        throw new IllegalStateException("an event that we made is no JSON", e);
      }
    }

    private void send(ObjectNode event, Rule.Target target) {
      Optional<JsonNode> input =
          target.input().map(path -> at(event, path)).orElseGet(() -> Optional.of(event));
      if (input.isEmpty()) {
        LOG.warn("{}: nothing for {} in event {}", name, target.id(), event.path("id").asText());
        return;
      }
      String url = aws.queue(target.queue()).url();
      aws.sqs().sendMessage(send -> send.queueUrl(url).messageBody(input.get().toString()));
    }
  }

  /** What is at a path, if it is there. */
  static Optional<JsonNode> at(JsonNode root, EventPath path) {
    JsonNode node = root;
    for (String field : path.fields()) {
      node = node.path(field);
    }
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }
}
