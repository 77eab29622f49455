package io.riffhook.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What kind of file some bytes are, by the bytes themselves: servers lie about it. */
public enum ContentType {
  MP3("audio/mpeg"),
  WAV("audio/wav"),
  M4A("audio/mp4"),
  FLAC("audio/flac"),
  OGG("audio/ogg"),
  JPEG("image/jpeg"),
  PNG("image/png"),
  WEBP("image/webp"),
  GIF("image/gif");

  /** How many leading bytes {@link #detect} needs to tell. */
  public static final int HEAD = 16;

  private final String mediaType;

  ContentType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The kind with this media type. */
  public static ContentType of(String mediaType) {
    return Arrays.stream(values())
        .filter(type -> type.mediaType.equals(mediaType))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(mediaType + " is no type of ours"));
  }

  /** The kind of the file that begins with these bytes, or empty where it is none of ours. */
  public static Optional<ContentType> detect(byte[] head) {
    if ((has(head, 0, "RIFF") && has(head, 8, "WAVE")) || has(head, 0, "RF64")) {
      return Optional.of(WAV);
    }
    if (has(head, 0, "RIFF") && has(head, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (has(head, 4, "ftyp")) {
      return Optional.of(M4A);
    }
    if (has(head, 0, "fLaC")) {
      return Optional.of(FLAC);
    }
    if (has(head, 0, "OggS")) {
      return Optional.of(OGG);
    }
    if (has(head, 0, "GIF8")) {
      return Optional.of(GIF);
    }
    if (has(head, 1, "PNG\r\n") && head[0] == (byte) 0x89) {
      return Optional.of(PNG);
    }
    if (head.length > 2
        && head[0] == (byte) 0xff
        && head[1] == (byte) 0xd8
        && head[2] == (byte) 0xff) {
      return Optional.of(JPEG);
    }
    if (has(head, 0, "ID3") || isMpegFrame(head)) {
      return Optional.of(MP3);
    }
    return Optional.empty();
  }

  /**
   * ISO/IEC 11172-3 frame header: 11 set bits, layer III, no reserved version, bit rate or rate.
   */
  private static boolean isMpegFrame(byte[] head) {
    return head.length > 3
        && head[0] == (byte) 0xff
        && (head[1] & 0xe0) == 0xe0
        && (head[1] & 0x18) != 0x08
        && (head[1] & 0x06) == 0x02
        && (head[2] & 0xf0) != 0xf0
        && (head[2] & 0x0c) != 0x0c;
  }

  private static boolean has(byte[] head, int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= at + wanted.length
        && Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /** What an asset's bytes must be. */
  public enum Expected {
    MP3,
    WAV,
    M4A,
    AUDIO,
    IMAGE,
    MEDIA;

    /** Whether bytes of this kind will do. */
    public boolean accepts(ContentType type) {
      return switch (this) {
        case MP3 -> type == ContentType.MP3;
        case WAV -> type == ContentType.WAV;
        case M4A -> type == ContentType.M4A;
        case AUDIO -> type.mediaType().startsWith("audio/");
        case IMAGE -> type.mediaType().startsWith("image/");
        case MEDIA -> true;
      };
    }

    /** What an asset's bytes must be. */
    public static Expected of(Asset asset) {
      return switch (asset.kind()) {
        case COVER -> IMAGE;
        case STEM -> AUDIO;
        case AUDIO ->
            switch (asset.name()) {
              case "song.mp3" -> MP3;
              case "song.wav" -> WAV;
              case "song.m4a" -> M4A;
              default -> AUDIO;
            };
        case LYRICS, TIMINGS, METADATA ->
            throw new IllegalArgumentException(asset.name() + " is not fetched");
      };
    }
  }
}
