package io.riffhook.aws;

import io.riffhook.domain.JobId;
import io.riffhook.domain.SongId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an item. A job and its songs share a partition. */
record ItemKey(String partition, String sort) {
  static final String PARTITION = "PK";
  static final String SORT = "SK";

  static ItemKey of(JobId job) {
    return new ItemKey("JOB#" + job, "JOB");
  }

  static ItemKey of(SongId song) {
    return new ItemKey("JOB#" + song.job(), "SONG#" + song);
  }

  static ItemKey of(Item item) {
    return new ItemKey(item.text(PARTITION), item.text(SORT));
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(PARTITION, Item.value(partition), SORT, Item.value(sort));
  }
}
