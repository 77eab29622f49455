package io.riffhook.aws;

import io.riffhook.domain.ApiKeyHash;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchLine;
import io.riffhook.domain.DeliveryId;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.JobId;
import io.riffhook.domain.Owner;
import io.riffhook.domain.SongId;
import io.riffhook.domain.Source;
import io.riffhook.domain.UploadId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an item. A job and its songs share a partition. */
record ItemKey(String partition, String sort) {
  static final String PARTITION = "PK";
  static final String SORT = "SK";
  static final String ENDPOINT = "ENDPOINT#";
  static final String DELIVERY = "DELIVERY#";

  /** What the sort keys of refusals begin with. */
  static final String REFUSED = "REFUSED#";

  static ItemKey of(JobId job) {
    return new ItemKey("JOB#" + job, "JOB");
  }

  static ItemKey of(SongId song) {
    return new ItemKey("JOB#" + song.job(), "SONG#" + song);
  }

  static ItemKey of(UploadId upload) {
    return new ItemKey("UPLOAD#" + upload, "UPLOAD");
  }

  static ItemKey of(BatchId batch) {
    return new ItemKey(partition(batch), "BATCH");
  }

  /** Why a line of a batch became no job. */
  static ItemKey ofRefusal(BatchLine line) {
    return new ItemKey(partition(line.batch()), REFUSED + line.number());
  }

  /** What a batch and the refusals of its lines share. */
  static String partition(BatchId batch) {
    return "BATCH#" + batch;
  }

  static ItemKey of(ApiKeyHash key) {
    return new ItemKey("KEY#" + key, "KEY");
  }

  /** What a provider calls a file of ours. */
  static ItemKey of(Source source, String provider) {
    String file =
        switch (source) {
          case Source.OfSong song -> "SONG#" + song.song();
          case Source.OfUpload upload -> "UPLOAD#" + upload.upload();
        };
    return new ItemKey("GIVEN#" + file, provider);
  }

  /** The last trouble of a provider as a whole. */
  static ItemKey ofTrouble(String provider) {
    return ofTrouble(provider, Optional.empty());
  }

  /** The last trouble of a provider or of one of its accounts. */
  static ItemKey ofTrouble(String provider, Optional<String> account) {
    return new ItemKey(
        "PROVIDER#" + provider, account.map(name -> "TROUBLE#" + name).orElse("TROUBLE"));
  }

  /** Which of an owner's jobs were let in. */
  static ItemKey ofAdmissions(Owner owner) {
    return new ItemKey("OWNER#" + owner, "ADMISSIONS");
  }

  /** An owner's endpoint, or the place of a single job's webhook, which stands with its job. */
  static ItemKey of(Owner owner, EndpointId endpoint) {
    return endpoint
        .job()
        .map(job -> new ItemKey("JOB#" + job, "HOOK"))
        .orElseGet(() -> new ItemKey(ofEndpoints(owner), ENDPOINT + endpoint));
  }

  /** The partition of an owner's endpoints, whose sort keys begin with {@link #ENDPOINT}. */
  static String ofEndpoints(Owner owner) {
    return "OWNER#" + owner;
  }

  /** By the time of what is told, so that a list of them is one query. */
  static ItemKey of(Owner owner, EndpointId endpoint, DeliveryId delivery) {
    return new ItemKey(
        ofDeliveries(owner, endpoint),
        DELIVERY + DeliveryId.time(delivery.at()) + "#" + delivery.notification());
  }

  /** The partition of the deliveries to an endpoint. */
  static String ofDeliveries(Owner owner, EndpointId endpoint) {
    return "ENDPOINT#" + owner + "#" + endpoint;
  }

  static ItemKey of(Item item) {
    return new ItemKey(item.text(PARTITION), item.text(SORT));
  }

  Map<String, AttributeValue> attributes() {
    return Map.of(PARTITION, Item.value(partition), SORT, Item.value(sort));
  }
}
