package io.riffhook.bench.scale;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes jobs into the file of a DynamoDB Local that is not running: copies of a job that was made
 * through the API, with ids, owners and times of their own. By BatchWriteItem the same would take
 * an hour.
 */
final class StoredJobs {
  /** As the index has it, see OwnerIndex. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final String TABLE = "\"riffhook-table\"";
  private static final String INSERT =
      "INSERT INTO " + TABLE + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /**
   * So many of an owner's latest jobs have items for their songs: more than any call here reads.
   */
  private static final int WITH_SONGS = 1_000;

  private static final int HASH = 20;
  private static final int PER_TRANSACTION = 50_000;

  private final Path file;
  private final Random random = new Random(7);

  StoredJobs(Path data) {
    this.file = data.resolve("dynamodb/shared-local-instance.db");
  }

  private record Row(String sort, int size, String json) {}

  /** A job and its songs, as they were written. */
  private record Pattern(String job, String owner, List<Row> rows) {}

  /**
   * Writes them. Half of them are the owner's whose job there is, the rest is that of a thousand
   * others.
   *
   * @return ids of jobs of that owner, of all ages
   */
  List<String> write(int jobs) throws SQLiteException {
    SQLiteConnection database = new SQLiteConnection(file.toFile()).open(false);
    try {
      database.exec("PRAGMA synchronous = OFF");
      Pattern pattern = pattern(database);
      List<String> own = new ArrayList<>();
      Instant first = Instant.now().minusSeconds(90L * 24 * 3600);
      long pace = 80L * 24 * 3600 * 1_000_000_000 / jobs;
      SQLiteStatement insert = database.prepare(INSERT);
      for (int number = 0; number < jobs; number++) {
        if (number % PER_TRANSACTION == 0) {
          database.exec(number == 0 ? "BEGIN" : "COMMIT; BEGIN");
        }
        boolean mine = number % 2 == 0;
        Instant at = first.plusNanos(pace * number);
        String id = id(at);
        String owner = mine ? pattern.owner() : "owner-" + random.nextInt(1_000);
        insert(insert, pattern, pattern.rows().getFirst(), id, owner, at);
        if (mine) {
          own.add(id);
        }
        if (mine && jobs - number < 2 * WITH_SONGS) {
          for (Row song : pattern.rows().subList(1, pattern.rows().size())) {
            insert(insert, pattern, song, id, owner, at);
          }
        }
      }
      database.exec("COMMIT");
      insert.dispose();
      return own;
    } finally {
      database.dispose();
    }
  }

  private static Pattern pattern(SQLiteConnection database) throws SQLiteException {
    SQLiteStatement select =
        database.prepare(
            "SELECT hashKey, rangeKey, itemSize, ObjectJSON, indexKey_0 FROM "
                + TABLE
                + " WHERE hashKey LIKE 'JOB#%' ORDER BY rangeKey");
    try {
      String job = "";
      String owner = "";
      List<Row> rows = new ArrayList<>();
      while (select.step()) {
        job = text(select, 0).substring("JOB#".length());
        owner = text(select, 4).split("#", -1)[1];
        rows.add(new Row(text(select, 1), select.columnInt(2), text(select, 3)));
      }
      if (rows.size() < 2) {
        throw new IllegalStateException("there is no job with a song to copy");
      }
      return new Pattern(job, owner, rows);
    } finally {
      select.dispose();
    }
  }

  private void insert(
      SQLiteStatement insert, Pattern pattern, Row row, String id, String owner, Instant at)
      throws SQLiteException {
    String kind = row.sort().equals("JOB") ? "JOB" : "SONG";
    String partition = "OWNER#" + owner + "#" + kind;
    String sort = TIME.format(at) + "#" + id + (kind.equals("JOB") ? "" : "-1");
    String json =
        row.json()
            .replace("OWNER#" + pattern.owner() + "#", "OWNER#" + owner + "#")
            .replaceFirst("(\"owner\":\\{\"S\":\")[^\"]*", "$1" + owner)
            .replaceFirst("(\"GSI1SK\":\\{\"S\":\")[^\"]*", "$1" + sort)
            .replace(pattern.job(), id);
    insert.bind(1, bytes("JOB#" + id));
    insert.bind(2, bytes(row.sort().replace(pattern.job(), id)));
    insert.bind(3, hash());
    insert.bind(4, hash());
    insert.bind(5, row.size());
    insert.bind(6, bytes(json));
    insert.bind(7, hash());
    insert.bind(8, bytes(partition));
    insert.bind(9, bytes(sort));
    insert.step();
    insert.reset();
  }

  /** A UUIDv7 of a time. */
  private String id(Instant at) {
    String time = "%012x".formatted(at.toEpochMilli());
    return "%s-%s-7%03x-%04x-%012x"
        .formatted(
            time.substring(0, 8),
            time.substring(8),
            random.nextInt(1 << 12),
            0x8000 | random.nextInt(1 << 14),
            random.nextLong() & 0xffff_ffff_ffffL);
  }

  /** Its place in a scan and among items of one time: nothing here asks for either. */
  private byte[] hash() {
    byte[] hash = new byte[HASH];
    random.nextBytes(hash);
    return hash;
  }

  private static String text(SQLiteStatement row, int column) throws SQLiteException {
    return new String(row.columnBlob(column), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
