package io.riffhook.local.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.Limits;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder$;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * ElasticMQ, with its queues in memory and its messages in a {@link QueueJournal}. Its message
 * retention has no effect, and an empty receive answers with an empty list, not with none.
 */
record EmbeddedSqs(
    URI endpoint, ActorSystem system, SQSRestServer server, Optional<QueueJournal> journal)
    implements EmbeddedService {
  private static final Duration STOPPING = Duration.create(30, TimeUnit.SECONDS);

  /**
   * @param folder where messages are kept, if they are kept
   */
  static EmbeddedSqs start(Optional<Path> folder, String region) throws IOException {
    Optional<QueueJournal> journal =
        folder.isEmpty()
            ? Optional.empty()
            : Optional.of(QueueJournal.open(folder.get().resolve("messages.jsonl")));
    ActorSystem system = ActorSystem.create("elasticmq");
    Option<ActorRef> listener =
        journal
            .map(each -> Option.apply(system.actorOf(QueueListener.of(each))))
            .orElseGet(Option::empty);
    Limits limits = StrictSQSLimits$.MODULE$;
    ActorRef manager =
        system.actorOf(
            Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(new NowProvider(), limits, listener)));
    if (listener.isDefined()) {
      listener.get().tell(new QueueListener.Manager(manager), ActorRef.noSender());
    }
    SQSRestServer server =
        SQSRestServerBuilder$.MODULE$
            .withActorSystem(system)
            .withQueueManagerActor(manager)
            .withInterface(LOOPBACK) // the default is every address
            .withDynamicPort()
            .withAWSRegion(region)
            .start();
    return new EmbeddedSqs(
        EmbeddedService.at(server.waitUntilStarted().localAddress().getPort()),
        system,
        server,
        journal);
  }

  @Override
  public void close() {
    server.stopAndWait();
    try {
      Await.result(system.terminate(), STOPPING);
      if (journal.isPresent()) {
        journal.get().close(); // after its last writer
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("ElasticMQ did not stop", e);
    }
  }
}
