package io.riffhook.local.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffhook.aws.S3Clients;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** However a song is ordered, it is the same song. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryTriggerIT {
  private static final String SONG = "\"prompt\":\"paper boats\",\"formats\":[\"mp3\",\"wav\"]";

  private final Set<String> sounds = new LinkedHashSet<>();
  private Rig rig;

  @BeforeAll
  void start() throws Exception {
    rig = Rig.start();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  /** A way to order a song. */
  private enum Trigger {
    HTTP {
      @Override
      void order(Rig rig) throws Exception {
        HttpResponse<String> answer = rig.post("/v1/jobs", "{" + SONG + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      }
    },
    QUEUE {
      @Override
      void order(Rig rig) {
        rig.send("RIFFHOOK_SUBMISSION_QUEUE", "{\"owner\":\"local\"," + SONG + "}");
      }
    },
    BUS {
      @Override
      void order(Rig rig) throws Exception {
        HttpResponse<String> answer =
            rig.putEvent("riffhook.submit", "{\"owner\":\"local\",\"id\":\"bus\"," + SONG + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
    },
    FILE_DROP {
      @Override
      void order(Rig rig) {
        Map<String, String> environment = rig.machine().environment("BatchFunction");
        try (S3Client s3 = new S3Clients(environment).client()) {
          s3.putObject(
              put ->
                  put.bucket(environment.getOrDefault("RIFFHOOK_BUCKET", ""))
                      .key("inbox/local/song.json"),
              RequestBody.fromString("{" + SONG + "}"));
        }
      }
    },
    BATCH {
      @Override
      void order(Rig rig) throws Exception {
        HttpResponse<String> answer = rig.post("/v1/batches", "{\"jobs\":[{" + SONG + "}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      }
    },
    /**
     * What EventBridge Scheduler sends to the submission queue; {@link ScheduleIT} has its form.
     */
    SCHEDULE {
      @Override
      void order(Rig rig) {
        rig.send(
            "RIFFHOOK_SUBMISSION_QUEUE",
            "{\"owner\":\"local\",\"id\":\"jingle-d32c5kddcf5bb8c3\"," + SONG + "}");
      }
    };

    abstract void order(Rig rig) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void shouldEndInTheSameSong(Trigger trigger) throws Exception {
    CompletableFuture<JsonNode> ready =
        rig.nextEvent(event -> event.path("detail-type").asText().equals("job.ready"));

    trigger.order(rig);

    String id = ready.get(60, TimeUnit.SECONDS).at("/detail/data/job/id").asText();
    JsonNode job = rig.job(id);
    assertThat(job.path("status").asText()).isEqualTo("READY");
    StringBuilder bytes = new StringBuilder();
    for (JsonNode song : job.path("songs")) {
      for (JsonNode asset : song.path("assets")) {
        if (asset.path("kind").asText().equals("audio")) {
          bytes.append(asset.path("name").asText()).append(asset.path("sha256").asText());
        }
      }
    }
    assertThat(bytes).contains("song.mp3", "song.wav");
    sounds.add(bytes.toString());
    assertThat(sounds).as("the bytes by every trigger so far").hasSize(1);
  }
}
