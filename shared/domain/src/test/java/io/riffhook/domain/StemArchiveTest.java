package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Stems that come in one ZIP archive. */
final class StemArchiveTest {
  private static final AssetSource ZIP = Studio.link("https://files.example/stems.zip");

  private final Studio studio = new Studio();

  @Test
  void shouldUnpackEveryStem() throws Exception {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("Paper Boats/Vocals.WAV", Studio.WAV + "voice");
    entries.put("Paper Boats/Drums & Bass.mp3", Studio.MP3);
    entries.put("Paper Boats/", "");
    entries.put("LICENSE.txt", "all yours");
    entries.put("__MACOSX/._Vocals.wav", "junk");
    entries.put("../../etc/evil.wav", Studio.WAV + "evil");
    Job job = ended(zip(entries));

    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.song(job).assets().stream().filter(a -> a.kind() == Asset.Kind.STEM))
        .extracting(Asset::name)
        .containsExactly("stems/drums-bass.mp3", "stems/evil.wav", "stems/vocals.wav");
    assertThat(studio.assets.bytes(studio.song(job).key("stems/vocals.wav")).orElseThrow())
        .isEqualTo((Studio.WAV + "voice").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(studio.song(job).assets()).allMatch(asset -> asset.file().isPresent());
  }

  @Test
  void shouldGiveNoStemTheBytesOfAnother() throws Exception {
    // Given names that differ in what an asset's name cannot hold, and an archive that comes twice
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : List.of("vocals", "drums", "bass", "lead vocals", "Lead Vocals!")) {
      entries.put(name + ".wav", Studio.WAV + name.repeat(10_000));
    }
    byte[] whole = zip(entries);
    Job job = ended(Arrays.copyOf(whole, whole.length - 40), whole);

    Song song = studio.song(job);
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    for (String name : List.of("vocals", "drums", "bass", "lead vocals")) {
      byte[] own = (Studio.WAV + name.repeat(10_000)).getBytes(StandardCharsets.ISO_8859_1);
      AssetKey key = song.key("stems/" + name.replace(' ', '-') + ".wav");
      assertThat(studio.assets.bytes(key).orElseThrow()).as(name).isEqualTo(own);
      assertThat(song.asset(key.name()).orElseThrow().file()).isEqualTo(studio.assets.file(key));
    }
  }

  @Test
  void shouldTryAgainWhereTheArchiveIsCut() throws Exception {
    byte[] whole = zip(Map.of("bass.wav", Studio.WAV + "b".repeat(50_000)));
    Job job = ended(Arrays.copyOf(whole, whole.length / 2), whole);
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
    assertThat(studio.assets.bytes(studio.song(job).key("stems/bass.wav")).orElseThrow())
        .hasSize(Studio.WAV.length() + 50_000);
  }

  @Test
  void shouldFailWhereThereIsNoStemInIt() throws Exception {
    Job job = ended(zip(Map.of("LICENSE.txt", "all yours")));
    assertThat(studio.now(job).status()).isEqualTo(Status.FAILED);
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("stems", "the archive holds 0 stems"));
  }

  @Test
  void shouldFailWhereItIsNoArchive() throws Exception {
    Job job = ended("<html>".getBytes(StandardCharsets.UTF_8));
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("stems", "it is no ZIP archive, or an empty one"));
  }

  @Test
  void shouldFailWhereAStemIsNoAudio() throws Exception {
    Job job = ended(zip(Map.of("bass.wav", "<html>no</html>")));
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("stems", "is an HTML page, not AUDIO"));
  }

  @Test
  void shouldFailWhereThereAreTooManyEntries() throws Exception {
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < 257; i++) {
      many.put("a" + i + ".txt", "");
    }
    Job job = ended(zip(many));
    assertThat(studio.now(job).reason())
        .contains(Reasons.assetFailed("stems", "the archive has more than 256 entries"));
  }

  @Test
  void shouldUnpackAgainWhatACrashLeft() throws Exception {
    byte[] archive = zip(Map.of("bass.wav", Studio.WAV, "drums.wav", Studio.WAV + "d"));
    Job job = listed(archive);
    Song song = studio.song(job);
    studio.songs.apply(
        song.id(),
        new SongChange.StemsListed(List.of("stems/bass.wav", "stems/drums.wav")),
        studio.clock.instant());
    studio.download();
    assertThat(studio.now(job).status()).isEqualTo(Status.READY);
  }

  private Job ended(byte[]... archives) {
    Job job = listed(archives);
    studio.download();
    return job;
  }

  private Job listed(byte[]... archives) {
    Job job = studio.submitted(Studio.request(Format.MP3, Format.STEMS), "p1");
    studio.provider.shows("p1", new Lookup.Finished(List.of(studio.plain("riff-1"))));
    studio.provider.lists(new Provider.Stems.Archived(ZIP));
    studio.provider.opens(
        ZIP,
        Arrays.stream(archives)
            .<java.util.function.Supplier<Opened>>map(
                bytes ->
                    () ->
                        new Opened.Body(
                            new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length)))
            .toList());
    studio.does.collect.read(studio.now(job), "p1");
    return job;
  }

  private static byte[] zip(Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
