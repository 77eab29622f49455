package io.riffhook.simulator;

import io.riffhook.simulator.audio.Recordings;
import io.riffhook.simulator.flowmusic.Flowmusic;
import io.riffhook.simulator.http.Host;
import io.riffhook.simulator.http.Journal;
import io.riffhook.simulator.http.RecordedRequest;
import io.riffhook.simulator.mureka.Mureka;
import io.riffhook.simulator.musicapi.Musicapi;
import io.riffhook.simulator.riffgateway.Riffgateway;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.settings.SimulatorSettings;
import io.riffhook.simulator.standard.Standard;
import io.riffhook.simulator.useapi.UseapiRiffusion;
import io.riffhook.simulator.work.Environment;
import io.riffhook.simulator.work.Provider;
import java.time.InstantSource;
import java.util.List;

/** A running simulator on 127.0.0.1. Safe for use by several threads. */
public final class Simulator implements AutoCloseable {
  /** Sound may fill this part of the heap. */
  private static final long HEAP_SHARE = 6;

  private final LiveSettings live;
  private final Journal journal = new Journal();
  private final List<Provider> providers;
  private final Host host;

  private Simulator(SimulatorSettings settings, int port) {
    this.live = new LiveSettings(settings);
    Recordings recordings = new Recordings(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    Environment environment =
        new Environment(live, recordings, InstantSource.system(), this::origin);
    this.providers =
        List.of(
            new UseapiRiffusion(environment),
            new Musicapi(environment),
            new Riffgateway(environment),
            new Flowmusic(environment),
            new Mureka(environment),
            new Standard(environment));
    this.host = new Host(port, journal, List.copyOf(providers), new AdminApi(live, journal));
  }

  /** Starts a simulator on {@code port}, 0 for any free one. */
  public static Simulator start(SimulatorSettings settings, int port) {
    Simulator simulator = new Simulator(settings, port);
    simulator.host.start();
    return simulator;
  }

  /** The base URL of Riffusion API v1 of useapi.net: {@code http://127.0.0.1:PORT/v1/riffusion}. */
  public String baseUrl() {
    return origin() + UseapiRiffusion.BASE;
  }

  /** Scheme, host and port: {@code http://127.0.0.1:PORT}. */
  public String origin() {
    return "http://127.0.0.1:" + host.port();
  }

  /** The bearer token that callers must send. */
  public String token() {
    return live.get().token();
  }

  public SimulatorSettings settings() {
    return live.get();
  }

  /**
   * Puts other settings in force. Songs already accepted are made by those of their time; every
   * "first n" counts anew.
   */
  public void settings(SimulatorSettings settings) {
    live.set(settings);
  }

  /** The requests received, oldest first, without those to {@code /_simulator}. */
  public List<RecordedRequest> requests() {
    return journal.requests();
  }

  @Override
  public void close() {
    providers.forEach(Provider::close);
    host.close();
  }
}
