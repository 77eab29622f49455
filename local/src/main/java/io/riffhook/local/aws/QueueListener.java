package io.riffhook.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.BinaryMessageAttribute;
import org.elasticmq.MessageAttribute;
import org.elasticmq.MessageContent;
import org.elasticmq.NeverReceived$;
import org.elasticmq.NumberMessageAttribute;
import org.elasticmq.StringMessageAttribute;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.msg.LookupQueue;
import org.elasticmq.msg.RestoreMessages;
import scala.Option;
import scala.collection.mutable.ArrayBuffer;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * Keeps the messages of ElasticMQ in a journal, in place of its own persistence, which writes half
 * a second late and can stop without a word. ElasticMQ answers a call only after its listener has.
 *
 * <p>Receives are not written down: after a restart a message can be received at once, and its
 * count of receives begins anew.
 */
final class QueueListener extends AbstractActor {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final QueueJournal journal;
  private Optional<ActorRef> manager = Optional.empty();

  /** The actor that knows the queues. It needs this listener to be made, so it comes later. */
  record Manager(ActorRef actor) {}

  QueueListener(QueueJournal journal) {
    this.journal = journal;
  }

  static Props of(QueueJournal journal) {
    return Props.create(QueueListener.class, () -> new QueueListener(journal));
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Manager.class, message -> manager = Optional.of(message.actor()))
        .match(QueueEvent.QueueCreated.class, created -> restore(created.queue().name()))
        .match(
            QueueEvent.MessageAdded.class,
            added -> {
              journal.add(entry(added.queueName(), added.message()));
              succeed();
            })
        .match(
            QueueEvent.MessageRemoved.class,
            removed -> {
              journal.remove(removed.queueName(), removed.messageId());
              succeed();
            })
        .match(QueueEvent.MessageUpdated.class, _ -> succeed())
        .build();
  }

  private void succeed() {
    getSender().tell(OperationSuccessful$.MODULE$, getSelf());
  }

  private void restore(String queue) {
    List<InternalMessage> messages =
        journal.of(queue).stream().map(QueueListener::message).toList();
    if (messages.isEmpty()) {
      return;
    }
    RestoreMessages restore =
        RestoreMessages.apply(
            scala.collection.immutable.List.from(CollectionConverters.asScala(messages)));
    Patterns.ask(manager.orElseThrow(), LookupQueue.apply(queue), PATIENCE)
        .thenAccept(
            found -> {
              if (found instanceof Option<?> some && some.isDefined()) {
                ((ActorRef) some.get()).tell(restore, ActorRef.noSender());
              }
            });
  }

  private static QueueJournal.Entry entry(String queue, InternalMessage message) {
    Map<String, QueueJournal.Attribute> attributes = new HashMap<>();
    CollectionConverters.asJava(message.messageAttributes())
        .forEach((name, attribute) -> attributes.put(name, attribute(attribute)));
    return new QueueJournal.Entry(
        queue,
        message.id(),
        message.created().toInstant(),
        Instant.ofEpochMilli(message.nextDelivery()),
        message.content().value(),
        attributes,
        OptionConverters.toJava(message.deadLetterSourceQueueName()));
  }

  private static QueueJournal.Attribute attribute(MessageAttribute attribute) {
    String value =
        switch (attribute) {
          case StringMessageAttribute text -> text.stringValue();
          case NumberMessageAttribute number -> number.stringValue();
          case BinaryMessageAttribute binary -> binary.asBase64();
          default -> throw new IllegalArgumentException(attribute.getDataType());
        };
    return new QueueJournal.Attribute(
        attribute.primaryDataType(), OptionConverters.toJava(attribute.customType()), value);
  }

  private static InternalMessage message(QueueJournal.Entry entry) {
    Map<String, MessageAttribute> attributes = new HashMap<>();
    entry.attributes().forEach((name, attribute) -> attributes.put(name, attribute(attribute)));
    return new InternalMessage(
        entry.id(),
        new ArrayBuffer<>(),
        entry.due().toEpochMilli(),
        new MessageContent(entry.body()),
        scala.collection.immutable.Map.from(CollectionConverters.asScala(attributes)),
        entry.created().atOffset(ZoneOffset.UTC),
        0,
        NeverReceived$.MODULE$,
        0,
        false,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        OptionConverters.toScala(entry.deadLetterOf()));
  }

  private static MessageAttribute attribute(QueueJournal.Attribute attribute) {
    Option<String> label = OptionConverters.toScala(attribute.label());
    return switch (attribute.kind()) {
      case "Number" -> new NumberMessageAttribute(attribute.value(), label);
      case "Binary" -> BinaryMessageAttribute.fromBase64(attribute.value(), label);
      default -> new StringMessageAttribute(attribute.value(), label);
    };
  }
}
