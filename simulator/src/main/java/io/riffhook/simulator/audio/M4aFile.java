package io.riffhook.simulator.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Date;
import org.mp4parser.Container;
import org.mp4parser.boxes.iso14496.part1.objectdescriptors.DecoderConfigDescriptor;
import org.mp4parser.boxes.iso14496.part1.objectdescriptors.ESDescriptor;
import org.mp4parser.boxes.iso14496.part1.objectdescriptors.SLConfigDescriptor;
import org.mp4parser.boxes.iso14496.part12.MediaHeaderBox;
import org.mp4parser.boxes.iso14496.part12.MovieHeaderBox;
import org.mp4parser.boxes.iso14496.part12.TrackHeaderBox;
import org.mp4parser.boxes.iso14496.part14.ESDescriptorBox;
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

  /** ISO 14496-1, table 5: audio of ISO 11172-3. */
  private static final int MPEG_1_AUDIO = 0x6B;

  /** ISO 14496-1, table 6. */
  private static final int AUDIO_STREAM = 5;

  private M4aFile() {}

  static byte[] wrap(byte[] mp3) {
    try (MP3TrackImpl track = new MP3TrackImpl(new MemoryDataSourceImpl(mp3))) {
      track.getTrackMetaData().setCreationTime(EPOCH);
      track.getTrackMetaData().setModificationTime(EPOCH);
      describe(track);
      Movie movie = new Movie();
      movie.addTrack(track);
      Container file = new DefaultMp4Builder().build(movie);
      MovieHeaderBox head = Path.getPath(file, "moov/mvhd");
      head.setCreationTime(EPOCH);
      head.setModificationTime(EPOCH);
      TrackHeaderBox trackHead = Path.getPath(file, "moov/trak/tkhd");
      trackHead.setCreationTime(EPOCH);
      trackHead.setModificationTime(EPOCH);
      MediaHeaderBox mediaHead = Path.getPath(file, "moov/trak/mdia/mdhd");
      mediaHead.setCreationTime(EPOCH);
      mediaHead.setModificationTime(EPOCH);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      file.writeContainer(Channels.newChannel(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing but memory is read and written", e);
    }
  }

  /** Says that the frames are MP3. The library makes that descriptor too, but writes it empty. */
  private static void describe(MP3TrackImpl track) {
    DecoderConfigDescriptor decoder = new DecoderConfigDescriptor();
    decoder.setObjectTypeIndication(MPEG_1_AUDIO);
    decoder.setStreamType(AUDIO_STREAM);
    decoder.setBufferSizeDB(0);
    decoder.setMaxBitRate(Mp3File.BIT_RATE * 1000L);
    decoder.setAvgBitRate(Mp3File.BIT_RATE * 1000L);
    SLConfigDescriptor sync = new SLConfigDescriptor();
    sync.setPredefined(2);
    ESDescriptor stream = new ESDescriptor();
    stream.setEsId(1);
    stream.setDecoderConfigDescriptor(decoder);
    stream.setSlConfigDescriptor(sync);
    track
        .getSampleEntries()
        .forEach(
            entry ->
                entry.getBoxes(ESDescriptorBox.class).forEach(box -> box.setEsDescriptor(stream)));
  }
}
