package io.riffhook.simulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server on 127.0.0.1 that hands each call to the first API that serves its path. */
public final class Host implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;

  /**
   * Listens on {@code port}, 0 for any free one. Calls to {@code unrecorded} stay out of the
   * journal.
   */
  public Host(int port, Journal journal, List<Api> apis, Api unrecorded) {
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    // A simulator may hold hundreds of answers back at the same time; each costs a virtual thread.
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setAcceptQueueSize(512);
    server.addConnector(connector);
    server.setHandler(new CallHandler(journal, List.copyOf(apis), unrecorded));
  }

  /** Starts to listen. */
  public void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + connector.getPort(), e);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot start the HTTP server", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot stop the HTTP server", e);
    }
  }

  /** Translates between Jetty's requests and calls. */
  private static final class CallHandler extends Handler.Abstract {
    private final Calls calls;
    private final Journal journal;
    private final List<Api> apis;
    private final Api unrecorded;

    CallHandler(Journal journal, List<Api> apis, Api unrecorded) {
      this.calls = new Calls();
      this.journal = journal;
      this.apis = apis;
      this.unrecorded = unrecorded;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Call call = calls.read(request);
      if (unrecorded.serves(call.path())) {
        new ReplyWriter(request, response, callback).write(unrecorded.answer(call));
        return true;
      }
      Reply reply = answer(call);
      journal.add(calls.record(call, reply.status()));
      new ReplyWriter(request, response, callback).write(reply);
      return true;
    }

    private Reply answer(Call call) {
      return apis.stream()
          .filter(api -> api.serves(call.path()))
          .findFirst()
          .map(api -> api.answer(call))
          .orElseGet(() -> new Reply.EmptyReply(404));
    }
  }
}
