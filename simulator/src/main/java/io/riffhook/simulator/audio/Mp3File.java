package io.riffhook.simulator.audio;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.ByteArrayOutputStream;
import javax.sound.sampled.AudioFormat;

/** Encodes MP3 with LAME. */
final class Mp3File {
  /** In kbit/s, constant, so that a player knows the length of a file from its size. */
  static final int BIT_RATE = 160;

  private Mp3File() {}

  static byte[] encode(Pcm pcm) {
    AudioFormat format = new AudioFormat(Pcm.RATE, 16, 2, true, false);
    LameEncoder lame =
        new LameEncoder(
            format,
            BIT_RATE,
            LameEncoder.CHANNEL_MODE_JOINT_STEREO,
            LameEncoder.QUALITY_LOW,
            false);
    try {
      ByteArrayOutputStream mp3 = new ByteArrayOutputStream();
      byte[] input = new byte[lame.getPCMBufferSize()];
      byte[] output = new byte[lame.getMP3BufferSize()];
      for (int frame = 0; frame < pcm.frames(); ) {
        int frames = pcm.copy(frame, input, 0);
        mp3.write(output, 0, lame.encodeBuffer(input, 0, frames * Pcm.FRAME_BYTES, output));
        frame += frames;
      }
      mp3.write(output, 0, lame.encodeFinish(output));
      return mp3.toByteArray();
    } finally {
      lame.close();
    }
  }
}
