package io.riffhook.simulator.media;

import io.riffhook.simulator.audio.SongBrief;

/**
 * A song whose files a store keeps.
 *
 * @param owner whose it is, as it stands in links
 * @param id its id, as it stands in links: 1 to 64 letters, digits, {@code -} and {@code .}
 * @param brief what it is made of
 */
public record Item(String owner, String id, SongBrief brief) {}
