package io.riffhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.attacks.Call;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Studio;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for by somebody who wants what is not theirs. */
final class ReadAttackTest {
  private final ReadStage stage = new ReadStage();
  private final String song = stage.job.id() + "-1";

  private Call.Answer asset(Owner owner, String id, String name) {
    Map<String, String> path = Map.of("id", id, "name", name);
    return stage.answer(owner, new Call("GET /v1/songs/{id}/assets/{name+}", path, new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../job-2/job-2-1/song.mp3",
        "../../mallory/uploads/upload-1/source",
        "stems/../song.mp3",
        "stems/../../job-1-1/song.mp3",
        "./song.mp3",
        "/song.mp3",
        "//song.mp3",
        "song.mp3/",
        "song.mp3/.",
        "song.mp3\0",
        "song.mp3\n",
        "song.mp3?versionId=1",
        "song.mp3#",
        "%2e%2e/song.mp3",
        "%2e%2e%2fsong.mp3",
        "..%2fsong.mp3",
        "..%5csong.mp3",
        "..\\song.mp3",
        "C:\\song.mp3",
        "C:song.mp3",
        "alice/job-1/job-1-1/song.mp3",
        "ſong.mp3",
        "..",
        ".",
        "",
        "song.mp3\r\nx-evil: 1"
      })
  void shouldFindNoAssetByAnotherPath(String name) {
    assertThat(asset(Studio.ALICE, song, name).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../job-1-1",
        "job-1-1/",
        "job-1-01",
        "job-1-1\n",
        "job-1-0",
        "job-1--1",
        "job-1-1 "
      })
  void shouldFindNoSongByAnotherWriting(String id) {
    assertThat(asset(Studio.ALICE, id, "song.mp3").status()).isEqualTo(404);
  }

  @Test
  void shouldLinkToTheAssetAndNothingAboveIt() {
    Call.Answer answer = asset(Studio.ALICE, song, "song.mp3");
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("location"))
        .endsWith("alice/" + stage.job.id() + "/" + song + "/song.mp3");
  }

  @Test
  void shouldGiveAnotherOwnerWhatItGivesForNothing() {
    Owner mallory = new Owner("mallory");
    for (String route : ReadStage.ROUTES) {
      Call theirs = new Call(route, Map.of("id", id(route), "name", "song.mp3"), new byte[0]);
      Call nothing = new Call(route, Map.of("id", "nothing-1", "name", "song.mp3"), new byte[0]);
      assertThat(stage.answer(mallory, theirs).text())
          .as(route)
          .isEqualTo(stage.answer(mallory, nothing).text());
    }
    assertThat(stage.studio.now(stage.job)).isEqualTo(stage.job);
  }

  private String id(String route) {
    return route.contains("/jobs/") ? stage.job.id().value() : song;
  }

  @Test
  void shouldSayWhatAParameterMustBeWithoutRepeatingIt() {
    for (String parameter : List.of("status", "limit", "cursor")) {
      Call call =
          new Call(
              "GET /v1/jobs",
              Map.of(),
              Map.of(parameter, "<script>\r\n${jndi:x}"),
              Map.of(),
              new byte[0]);
      Call.Answer answer = stage.answer(Studio.ALICE, call);
      assertThat(answer.status()).as(parameter).isEqualTo(400);
      assertThat(answer.text()).doesNotContain("script", "jndi").contains(parameter);
    }
  }
}
