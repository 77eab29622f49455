package io.riffhook.local.aws;

import java.net.URI;

/** A service that runs in this process and listens on loopback only. */
interface EmbeddedService extends AutoCloseable {
  String LOOPBACK = "127.0.0.1";

  URI endpoint();

  @Override
  void close();

  static URI at(int port) {
    return URI.create("http://" + LOOPBACK + ":" + port);
  }
}
