package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffhook.domain.Asset;
import io.riffhook.domain.AssetKey;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.AssetStoreContract;
import io.riffhook.domain.BadContentException;
import io.riffhook.domain.ContentType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class S3AssetStoreIT extends AssetStoreContract {
  private final TestAws aws = TestAws.get();
  private final AssetStore store =
      new S3AssetStore(new S3Clients(aws.environment()).client(), aws.presigner(), aws.bucket());

  @Override
  protected AssetStore store() {
    return store;
  }

  @Override
  protected Optional<byte[]> bytes(AssetKey at) {
    try {
      return Optional.of(
          aws.s3()
              .getObjectAsBytes(get -> get.bucket(aws.bucket()).key(at.toString()))
              .asByteArray());
    } catch (NoSuchKeyException _) {
      return Optional.empty();
    }
  }

  @Override
  protected String contentType(AssetKey at) {
    return aws.s3().headObject(head -> head.bucket(aws.bucket()).key(at.toString())).contentType();
  }

  @Override
  protected int dangling() {
    return aws.s3().listMultipartUploads(list -> list.bucket(aws.bucket())).uploads().size();
  }

  @Test
  void shouldKeepTheHashBesideASmallObject() throws Exception {
    AssetKey key = newKey("song.mp3");
    byte[] music = music(100);
    store.write(key, body(music, OptionalLong.empty()), ContentType.Expected.MP3);
    assertThat(
            aws.s3().headObject(head -> head.bucket(aws.bucket()).key(key.toString())).metadata())
        .containsEntry("sha256", sha256(music));
  }

  @Test
  void shouldRefuseAnObjectThatIsThereAndIsNotMusic() {
    AssetKey key = newKey("song.mp3");
    aws.s3()
        .putObject(
            put -> put.bucket(aws.bucket()).key(key.toString()), RequestBody.fromString("<html>"));
    assertThatThrownBy(
            () ->
                store.write(key, body(music(100), OptionalLong.of(100)), ContentType.Expected.MP3))
        .isInstanceOf(BadContentException.class)
        .hasMessageContaining("HTML");
  }

  @Test
  void shouldThrowWhatS3Answers() {
    AssetStore lost = new S3AssetStore(aws.s3(), aws.presigner(), "no-such-bucket-" + aws.bucket());
    for (int length : new int[] {100, S3AssetStore.PART + 1}) {
      assertThatThrownBy(
              () ->
                  lost.write(
                      newKey("song.mp3"),
                      body(music(length), OptionalLong.of(length)),
                      ContentType.Expected.MP3))
          .isInstanceOf(S3Exception.class);
    }
  }

  @Test
  void shouldLinkToAnAssetThatIsSavedUnderItsOwnName() throws Exception {
    AssetKey key = newKey("stems/lead vocals.mp3");
    byte[] music = music(100);
    store.write(key, body(music, OptionalLong.empty()), ContentType.Expected.AUDIO);
    URI link = store.link(key, Duration.ofMinutes(5));
    assertThat(link.getPath()).startsWith("/" + aws.bucket() + "/");
    assertThat(link.getQuery())
        .contains("response-content-disposition=attachment; filename=\"lead vocals.mp3\"");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response =
          http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo(music);
    }
    assertThat(store.link(newKey(Asset.COVER), Duration.ofMinutes(5)).getQuery())
        .contains("filename=\"cover.jpg\"");
  }
}
