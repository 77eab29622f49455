package io.riffhook.simulator.work;

import io.riffhook.simulator.audio.Recordings;
import io.riffhook.simulator.settings.LiveSettings;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What every simulated provider is given.
 *
 * @param settings the settings in force
 * @param recordings the makers of audio
 * @param clock the time
 * @param origin scheme, host and port that links start with; known once the server runs
 */
public record Environment(
    LiveSettings settings, Recordings recordings, InstantSource clock, Supplier<String> origin) {}
