package io.riffhook.simulator.audio;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Plays and mixes a song. */
final class Studio {
  /**
   * The loudest sample of the mix: 1.5 dB below full scale, so that no lossy encoder's overshoot
   * clips.
   */
  private static final double PEAK = Math.pow(10, -1.5 / 20);

  private final Song song;
  private final Tempo tempo;

  private Studio(Song song) {
    this.song = song;
    this.tempo = song.style().tempo();
  }

  /** The stems of a song, such that the sum of their samples never clips. */
  static Map<Stem, Pcm> record(Song song) {
    Studio studio = new Studio(song);
    Map<Stem, Track> tracks = new EnumMap<>(Stem.class);
    for (Stem stem : Stem.values()) {
      Track track = studio.play(stem);
      Effects.clean(track);
      Effects.fadeOut(track, Score.TAIL_SECONDS * 0.8);
      double rms = track.rms();
      track.multiply(rms == 0 ? 1 : studio.loudness(stem) / rms);
      if (stem == Stem.DRUMS) {
        Effects.drive(track, 1, 0.55);
      }
      tracks.put(stem, track);
    }
    return quantize(tracks);
  }

  /** Samples of the song: the sum of those of its stems. */
  static Pcm mix(Map<Stem, Pcm> stems, int frames) {
    return Pcm.sum(List.copyOf(stems.values()), frames);
  }

  private Track play(Stem stem) {
    Track track = new Track(song.score().frames());
    switch (stem) {
      case VOCALS -> vocals(track);
      case DRUMS -> drums(track);
      case BASS -> bass(track);
      case OTHER -> other(track);
    }
    return track;
  }

  private void vocals(Track track) {
    if (!song.brief().instrumental()) {
      List<Sung> notes = song.vocals().notes();
      new Singer(tempo, random(21), 0).sing(track, notes, 0, 1, 0);
      List<Sung> chorus = notes.stream().filter(sung -> inChorus(sung.note())).toList();
      new Singer(tempo, random(22), 9).sing(track, chorus, 0, 0.4, -0.6);
      new Singer(tempo, random(23), -8).sing(track, chorus, 0, 0.4, 0.6);
      Reverb.echo(track, 45 / tempo.bpm(), 0.3, 0.14);
      Reverb.add(track, 0.8, 0.32);
    }
  }

  private void drums(Track track) {
    new DrumKit(random(31), song.style().beat() == Genre.TECHNO ? 1.05 : 0.95)
        .play(track, song.score().drums(), tempo);
    Reverb.add(track, 0.6, 0.12);
  }

  private void bass(Track track) {
    new Instrument(Timbre.of(song.style().feel().bass()), tempo)
        .play(track, song.score().bass(), 1);
    Reverb.add(track, 0.3, 0.03);
  }

  private void other(Track track) {
    Keys keys = song.style().feel().keys();
    new Instrument(Timbre.of(keys), tempo).play(track, song.score().keys(), 0.5);
    if (keys == Keys.ELECTRIC_GUITAR) {
      Effects.drive(track, 4, 0.8);
      Effects.darken(track, 4200);
    }
    new Instrument(Timbre.PAD, tempo)
        .play(track, song.score().pad(), song.style().feel() == Genre.AMBIENT ? 0.34 : 0.12);
    new Instrument(Timbre.BELL, tempo).play(track, song.score().counter(), 0.13);
    if (song.brief().instrumental()) {
      // Nobody sings, so the tune goes to the bells and a string of the chord instrument.
      List<Note> tune = song.vocals().notes().stream().map(Sung::note).toList();
      new Instrument(Timbre.BELL, tempo).play(track, tune, 0.5);
      new Instrument(Timbre.PAD, tempo).play(track, tune, 0.35);
    }
    if (song.style().feel() == Genre.LOFI) {
      Effects.darken(track, 5200);
    }
    Reverb.echo(track, 45 / tempo.bpm(), 0.25, 0.07);
    Reverb.add(track, 0.82, 0.28);
  }

  private boolean inChorus(Note note) {
    return song.score().sections().stream()
        .filter(section -> section.kind() == Section.Kind.CHORUS)
        .anyMatch(
            section ->
                note.beat() >= section.firstBeat()
                    && note.beat()
                        < section.firstBeat() + section.bars() * (double) Tempo.BEATS_PER_BAR);
  }

  /** How loud a stem is in the mix: the root mean square of its sounding parts. */
  private double loudness(Stem stem) {
    return switch (stem) {
      case VOCALS -> 0.15;
      case DRUMS ->
          song.style().beat() == Genre.AMBIENT
              ? 0.05
              : song.style().beat() == Genre.FOLK ? 0.08 : 0.14;
      case BASS -> 0.12;
      case OTHER -> 0.11;
    };
  }

  private Random random(long part) {
    return new Random(song.brief().seed() + part);
  }

  private static Map<Stem, Pcm> quantize(Map<Stem, Track> tracks) {
    List<Track> parts = new ArrayList<>(tracks.values());
    Track sum = new Track(parts.getFirst().frames());
    parts.forEach(part -> sum.add(part.left, part.right, 0, 1));
    double loudest =
        Stream.concat(parts.stream(), Stream.of(sum)).mapToDouble(Track::peak).max().orElse(1);
    double gain = loudest == 0 ? 0 : PEAK / loudest;
    Map<Stem, Pcm> stems = new EnumMap<>(Stem.class);
    tracks.forEach((stem, track) -> stems.put(stem, Pcm.of(track, gain)));
    return stems;
  }
}
