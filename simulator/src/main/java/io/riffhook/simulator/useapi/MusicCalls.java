package io.riffhook.simulator.useapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.audio.LyricWriter;
import io.riffhook.simulator.calls.BadRequest;
import io.riffhook.simulator.calls.Fields;
import io.riffhook.simulator.http.Call;
import io.riffhook.simulator.http.Json;
import io.riffhook.simulator.http.Reply;
import io.riffhook.simulator.media.Item;
import io.riffhook.simulator.media.MediaKind;
import io.riffhook.simulator.media.MediaStore;
import io.riffhook.simulator.useapi.SimulatedSong.Status;
import java.util.Optional;

/** Reads, downloads and removes songs, and writes lyrics: the rest of {@code /music}. */
final class MusicCalls {
  private final Accounts accounts;
  private final Songs songs;
  private final SongJson json;
  private final MediaStore media;

  MusicCalls(Accounts accounts, Songs songs, SongJson json, MediaStore media) {
    this.accounts = accounts;
    this.songs = songs;
    this.json = json;
    this.media = media;
  }

  /** Always an array. What an unknown id gives is not documented; ours is an empty array. */
  Reply get(Call call) {
    Account account = accounts.forRead(call.parameter("user_id"));
    ArrayNode list = Json.array();
    Optional<String> id = call.parameter("id");
    if (id.isPresent()) {
      owned(account, id.get()).ifPresent(song -> list.add(json.write(song)));
    } else {
      int offset = number(call, "offset", 0);
      int limit = number(call, "limit", 10);
      songs.newest(account.userId(), offset, limit).forEach(song -> list.add(json.write(song)));
    }
    return Reply.json(200, list);
  }

  Reply delete(Call call) {
    SimulatedSong song = named(call);
    songs.remove(song);
    media.remove(song.facts().id());
    return new Reply.EmptyReply(200);
  }

  /** What a song that isn't finished gives is not documented; ours is 400. */
  Reply download(Call call) {
    String format = required(call, "download_format");
    if (!format.matches("mp3|wav|stems")) {
      throw new BadRequest(
          "Parameter download_format has unsupported value, supported values: mp3, wav, stems");
    }
    SimulatedSong song = named(call);
    if (song.status() != Status.COMPLETED) {
      throw new BadRequest("Song " + song.facts().id() + " is not completed");
    }
    return switch (format) {
      case "mp3" -> media.download(song.facts().brief(), MediaKind.MP3);
      case "wav" -> media.download(song.facts().brief(), MediaKind.WAV);
      default -> Reply.json(200, stems(song));
    };
  }

  /** The "Ghostwriter"; page of February 20, 2025. */
  Reply generateLyrics(Fields fields) {
    fields.text("user_id").ifPresent(accounts::known);
    String prompt = fields.required("prompt");
    String given = fields.text("lyrics").orElse("");
    String lyrics = new LyricWriter(prompt, (prompt + given).hashCode()).text();
    return Reply.json(200, Json.object().put("lyrics", lyrics));
  }

  /** That stems come as JSON is documented, its shape is not: this one is ours. */
  private ObjectNode stems(SimulatedSong song) {
    Item item = SongJson.item(song.facts());
    return Json.object()
        .put("vocals", media.url(item, MediaKind.VOCALS))
        .put("drums", media.url(item, MediaKind.DRUMS))
        .put("bass", media.url(item, MediaKind.BASS))
        .put("other", media.url(item, MediaKind.OTHER));
  }

  private SimulatedSong named(Call call) {
    Account account = accounts.forRead(call.parameter("user_id"));
    String id = required(call, "id");
    return owned(account, id).orElseThrow(() -> new BadRequest("Song " + id + " not found"));
  }

  private Optional<SimulatedSong> owned(Account account, String id) {
    return songs.find(id).filter(song -> song.facts().userId().equals(account.userId()));
  }

  private static String required(Call call, String name) {
    return call.parameter(name)
        .orElseThrow(() -> new BadRequest("Parameter " + name + " is required"));
  }

  private static int number(Call call, String name, int otherwise) {
    String text = call.parameter(name).orElse("" + otherwise);
    if (!text.matches("\\d{1,9}")) {
      throw new BadRequest("Parameter " + name + " must be a non-negative integer");
    }
    return Integer.parseInt(text);
  }
}
