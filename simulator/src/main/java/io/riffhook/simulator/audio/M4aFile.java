package io.riffhook.simulator.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Date;
import org.mp4parser.Container;
import org.mp4parser.boxes.iso14496.part12.MovieHeaderBox;
import org.mp4parser.boxes.iso14496.part12.TrackHeaderBox;
import org.mp4parser.muxer.MemoryDataSourceImpl;
import org.mp4parser.muxer.Movie;
import org.mp4parser.muxer.builder.DefaultMp4Builder;
import org.mp4parser.muxer.tracks.MP3TrackImpl;
import org.mp4parser.tools.Path;

/**
 * Puts MP3 frames in an MP4 file. Providers put AAC there, which no free Java encoder writes;
 * players and ffprobe read both.
 */
@SuppressWarnings("JavaUtilDate") // The library's time stamps are such.
final class M4aFile {
  /** The time stamp of every file, so that equal songs are equal files. */
  private static final Date EPOCH = new Date(0);

  private M4aFile() {}

  static byte[] wrap(byte[] mp3) {
    try (MP3TrackImpl track = new MP3TrackImpl(new MemoryDataSourceImpl(mp3))) {
      track.getTrackMetaData().setCreationTime(EPOCH);
      Movie movie = new Movie();
      movie.addTrack(track);
      Container file = new DefaultMp4Builder().build(movie);
      MovieHeaderBox head = Path.getPath(file, "moov/mvhd");
      head.setCreationTime(EPOCH);
      head.setModificationTime(EPOCH);
      TrackHeaderBox trackHead = Path.getPath(file, "moov/trak/tkhd");
      trackHead.setCreationTime(EPOCH);
      trackHead.setModificationTime(EPOCH);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      file.writeContainer(Channels.newChannel(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing but memory is read and written", e);
    }
  }
}
