package io.riffhook.attacks;

import java.util.List;

/** What fuzzing begins from: documents as providers and callers really send them. */
public final class Seeds {
  /** What providers answer and post, whatever the call. */
  public static final List<String> PROVIDERS =
      List.of(
          Documents.resource("useapi", "music-item.json"),
          Documents.resource("useapi", "create-200.json"),
          Documents.resource("useapi", "create-422.json"),
          Documents.resource("useapi", "create-429-queue.json"),
          Documents.resource("useapi", "create-429-upstream.json"),
          Documents.resource("useapi", "error-400.json"),
          Documents.resource("useapi", "error-401.json"),
          Documents.resource("useapi", "error-596.json"),
          Documents.resource("flowmusic", "job-completed.json"),
          Documents.resource("mureka", "job-completed.json"),
          Documents.resource("musicapi", "task-200.json"),
          Documents.resource("producer", "task-musicapi.json"),
          Documents.resource("producer", "task-aimusicapi.json"),
          Documents.resource("producer", "callback-completed.json"),
          """
          {"id":"p1","status":"processing","progress":40,"job_id":"p1"}\
          """,
          """
          {"data":{"song_paths":[{"song_path":"https://files.example/a.mp3"}],"status":"complete"}}\
          """,
          """
          [{"id":"p1","status":"failed","error":{"message":"moderated","code":451}}]\
          """,
          """
          {"id":"p1","status":"succeeded","output":["https://files.example/a.mp3"],\
          "metrics":{"predict_time":7.5}}\
          """,
          """
          {"items":[{"replyRef":"job-1","jobid":"p1","status":"created"}],"jobs":[]}\
          """,
          """
          {"vocals":"https://files.example/v.wav","drums":{"url":"https://files.example/d.wav"}}\
          """);

  /** What callers submit. */
  public static final List<String> SUBMISSIONS =
      List.of(
          """
          {"prompt":"jazzy k-pop song","instrumental":false,"formats":["mp3","wav","stems"],\
          "reference":"order-1234","model":"FUZZ-0.8","provider":"useapi"}\
          """,
          """
          {"operation":"compose","title":"Paper Boats","lyrics":"la la","sounds":[{"prompt":"lo-fi",\
          "strength":0.5,"start":0,"end":1}],"weirdness":0.5,"lyricsStrength":1,"seed":7,\
          "image":"upload-1"}\
          """,
          """
          {"operation":"extend","source":{"songId":"job-1-1"},"at":30,"seconds":60,\
          "prompt":"go on","lyrics":"la","seed":1}\
          """,
          """
          {"operation":"replace","source":{"uploadId":"upload-1"},"start":10.5,"end":20}\
          """,
          """
          {"operation":"cover","source":{"songId":"job-1-1"},"coverStrength":0.5,"variation":1}\
          """,
          """
          {"operation":"swap-sound","source":{"songId":"job-1-1"},"prompt":"strings"}\
          """,
          """
          {"owner":"alice","id":"order-1","prompt":"a song"}\
          """,
          """
          {"url":"https://files.example/song.mp3"}\
          """,
          """
          {"type":"submission","jobId":"job-1"}\
          """);

  private Seeds() {}
}
