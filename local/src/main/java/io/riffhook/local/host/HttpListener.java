package io.riffhook.local.host;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * The HTTP port, on loopback. It is taken before anything else starts, so that its address is known
 * to the functions and a taken port is found out at once; it answers from {@link #serve} on.
 */
public final class HttpListener implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;

  private HttpListener(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Takes a port.
   *
   * @param port the port, or 0 for any
   */
  public static HttpListener open(int port) throws IOException {
    Server server = new Server(new VirtualThreadPool());
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // An encoded slash in a name is for the function to judge, as behind API Gateway.
    configuration.setUriCompliance(UriCompliance.RFC3986);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    connector.open();
    return new HttpListener(server, connector);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  void serve(Handler handler) {
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      throw new HostException("the HTTP server did not start", e);
    }
  }

  /** Takes no new connection; requests on open ones are still answered. */
  void stopAccepting() {
    connector.close();
  }

  @Override
  public void close() {
    try {
      connector.close();
      server.stop();
    } catch (Exception e) {
      throw new HostException("the HTTP server did not stop", e);
    }
  }
}
