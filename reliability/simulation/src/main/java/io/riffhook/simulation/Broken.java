package io.riffhook.simulation;

import io.riffhook.domain.Admissions;
import io.riffhook.domain.AssetKey;
import io.riffhook.domain.AssetSource;
import io.riffhook.domain.AssetStore;
import io.riffhook.domain.BadContentException;
import io.riffhook.domain.Batch;
import io.riffhook.domain.BatchChange;
import io.riffhook.domain.BatchId;
import io.riffhook.domain.BatchStore;
import io.riffhook.domain.BatchTask;
import io.riffhook.domain.CallbackTokens;
import io.riffhook.domain.ContentType;
import io.riffhook.domain.DownloadTask;
import io.riffhook.domain.InMemoryAdmissions;
import io.riffhook.domain.InMemoryAssetStore;
import io.riffhook.domain.InMemoryBatchStore;
import io.riffhook.domain.InMemoryJobStore;
import io.riffhook.domain.Job;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobId;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Limits;
import io.riffhook.domain.NotificationTask;
import io.riffhook.domain.Opened;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Provider;
import io.riffhook.domain.Queues;
import io.riffhook.domain.ReadJobs;
import io.riffhook.domain.StoredFile;
import io.riffhook.domain.SubmitOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Systems with one mistake each, of the kind that is made. A simulation that finds nothing wrong
 * with one of them proves nothing of the sound one.
 */
enum Broken implements Variant {
  /** A change is written whatever state its job is in. */
  STATUS_CONDITION_DROPPED(Set.of(Invariant.STATUS_FORWARD)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          return Doctor.apply(Doctor.inAState(job, change), change, now);
        }
      };
    }
  },

  /** Two can start the same call to the provider. */
  CALL_NUMBER_CONDITION_DROPPED(
      Set.of(Invariant.BOUGHT_ONCE, Invariant.NO_SONG_LOST, Invariant.SILENCE)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          return change instanceof JobChange.CallStarted started
              ? Doctor.apply(Doctor.beforeCall(job, started), change, now)
              : Doctor.apply(job, change, now);
        }
      };
    }
  },

  /** A submission that comes twice writes its job twice, over the events that wait in the first. */
  INSERT_CONDITION_DROPPED(
      Set.of(
          Invariant.TOLD,
          Invariant.BOUGHT_ONCE,
          Invariant.STATUS_FORWARD,
          Invariant.WATCHED,
          Invariant.NO_SONG_LOST,
          Invariant.FAILED_FOR_A_REASON)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        public boolean insert(Job job) {
          jobs.put(job);
          return true;
        }
      };
    }
  },

  /** Two songs can have one number. */
  SONG_NUMBER_CONDITION_DROPPED(
      Set.of(Invariant.NO_SONG_LOST, Invariant.READY_HAS_BYTES, Invariant.FAILED_FOR_A_REASON)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          return change instanceof JobChange.SongSeen seen
              ? Doctor.numbered(job, seen, now)
              : Doctor.apply(job, change, now);
        }
      };
    }
  },

  /** The number of the latest check is not written down. */
  CHECK_NUMBER_NOT_WRITTEN(Set.of(Invariant.FEW_CHECKS)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          return change instanceof JobChange.CheckSent
              ? Optional.empty()
              : Doctor.apply(job, change, now);
        }
      };
    }
  },

  /** A check message goes out after what it watches is written, at the end. */
  CHECK_SENT_AFTER_THE_WRITE(Set.of(Invariant.WATCHED)) {
    @Override
    public Queues queues(Queues queues, Agenda agenda) {
      return new Sent(queues) {
        @Override
        public void check(JobId job, int number, Duration delay) {
          agenda.atEnd(() -> queues.check(job, number, delay));
        }
      };
    }
  },

  /** A check does not send the next one. */
  ONE_CHECK_ONLY(Set.of(Invariant.WATCHED)) {
    @Override
    public Queues queues(Queues queues, Agenda agenda) {
      return new Sent(queues) {
        @Override
        public void check(JobId job, int number, Duration delay) {
          if (number == 1) {
            queues.check(job, number, delay);
          }
        }
      };
    }
  },

  /** Messages are deleted when they are received. */
  MESSAGE_DELETED_BEFORE_ITS_WORK(Set.of(Invariant.WATCHED)) {
    @Override
    public boolean deletesFirst() {
      return true;
    }
  },

  /** All tries of a preparation are the first, whatever messages there are. */
  PREPARATION_WITHOUT_A_NUMBER(Set.of(Invariant.FEW_MESSAGES)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          return change instanceof JobChange.PreparationPostponed
              ? Optional.of(job)
              : Doctor.apply(job, change, now);
        }
      };
    }

    @Override
    public Queues queues(Queues queues, Agenda agenda) {
      return new Sent(queues) {
        @Override
        public void download(List<DownloadTask> tasks, Duration delay) {
          queues.download(
              tasks.stream()
                  .map(
                      task ->
                          task instanceof DownloadTask.Prepare prepare
                              ? new DownloadTask.Prepare(prepare.job(), 1)
                              : task)
                  .toList(),
              delay);
        }
      };
    }
  },

  /** The second call does not wait for the callback of the first. */
  SECOND_CALL_AT_ONCE(Set.of(Invariant.SILENCE, Invariant.BOUGHT_ONCE)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          return change instanceof JobChange.OutcomeUnknown unknown
              ? Doctor.apply(
                  job,
                  new JobChange.OutcomeUnknown(
                      unknown.reason(), unknown.until().minus(Duration.ofMinutes(10))),
                  now)
              : Doctor.apply(job, change, now);
        }
      };
    }
  },

  /** A stem's link is asked for again before each download, though asking costs money. */
  STEMS_LISTED_BEFORE_EACH_DOWNLOAD(Set.of(Invariant.ASKED_ONCE)) {
    @Override
    public Provider provider(Provider provider) {
      return new Answers(provider) {
        @Override
        public Opened open(AssetSource source) {
          if (source instanceof AssetSource.Link link) {
            String[] path = link.uri().getPath().split("/", -1);
            if (path.length > 3 && path[2].equals("stems")) {
              Stems unused = super.stems(path[1], Optional.empty());
            }
          }
          return super.open(source);
        }
      };
    }
  },

  /** Tokens made under the secret that is being retired are refused. */
  ONLY_THE_NEWEST_SECRET(Set.of(Invariant.CALLER_KNOWN)) {
    @Override
    public OptionalInt verify(CallbackTokens tokens, String provider, String job, String token) {
      return tokens.verify(provider, job, token).isPresent()
          ? World.NEWEST_TOKENS.verify(provider, job, token)
          : OptionalInt.empty();
    }
  },

  /** A batch's check goes out after its number is written, at the end. */
  BATCH_CHECK_SENT_AFTER_ITS_NUMBER(Set.of(Invariant.WATCHED)) {
    @Override
    public Queues queues(Queues queues, Agenda agenda) {
      return new Sent(queues) {
        @Override
        public void batch(BatchTask task, Duration delay) {
          if (task instanceof BatchTask.Check check && check.number() > 1) {
            agenda.atEnd(() -> queues.batch(task, delay));
          } else {
            queues.batch(task, delay);
          }
        }
      };
    }
  },

  /** Lines are handed out whatever another worker has handed out meanwhile. */
  LINES_HANDED_OUT_TWICE(Set.of(Invariant.HANDED_OUT_ONCE, Invariant.WITHIN_LIMITS)) {
    @Override
    public BatchStore batches(InMemoryBatchStore batches) {
      return new Batches(batches) {
        @Override
        public Optional<Batch> apply(BatchId id, BatchChange change, Instant now) {
          return change instanceof BatchChange.HandedOut more
              ? find(id)
                  .flatMap(
                      batch ->
                          batches.apply(
                              id, new BatchChange.HandedOut(batch.started(), more.upTo()), now))
              : super.apply(id, change, now);
        }
      };
    }
  },

  /** A job that has ended keeps its place among its owner's running jobs. */
  LIMIT_NEVER_FREED(Set.of(Invariant.ENDED)) {
    @Override
    public Admissions admissions(InMemoryAdmissions admissions) {
      return new Admitted(admissions) {
        @Override
        public void release(Owner owner, Collection<Attempt> over, Instant now) {
          super.release(owner, List.of(), now);
        }
      };
    }
  },

  /** Every job is admitted. */
  LIMIT_NOT_KEPT(Set.of(Invariant.WITHIN_LIMITS)) {
    @Override
    public Admissions admissions(InMemoryAdmissions admissions) {
      return new Admitted(admissions) {
        @Override
        public Answer admit(Owner owner, Attempt attempt, Limits limits, Instant now) {
          return new Answer.Admitted();
        }
      };
    }
  },

  /** A callback gets its 2xx before anything is written. */
  CALLBACK_ANSWERED_BEFORE_THE_WRITE(Set.of(Invariant.BOUGHT_ONCE, Invariant.NO_SONG_LOST)) {
    @Override
    public boolean answersFirst() {
      return true;
    }
  },

  /** Events are said to be told when they are, before anybody is. */
  TOLD_BEFORE_THE_TELLING(Set.of(Invariant.TOLD)) {
    @Override
    public JobStore jobs(InMemoryJobStore jobs) {
      return new Jobs(jobs) {
        @Override
        Optional<Job> written(Job job, JobChange change, Instant now) {
          Optional<Job> after = Doctor.apply(job, change, now);
          return change.event().isPresent()
              ? after.flatMap(
                  next -> Doctor.apply(next, new JobChange.Told(next.events().size(), false), now))
              : after;
        }
      };
    }
  },

  /** An attempt to tell is not followed by another. */
  TOLD_ONCE_OR_NEVER(Set.of(Invariant.TOLD)) {
    @Override
    public Queues queues(Queues queues, Agenda agenda) {
      return new Sent(queues) {
        @Override
        public void notification(NotificationTask task, Duration delay) {
          if (!(task instanceof NotificationTask.Deliver deliver && deliver.attempt() > 1)) {
            queues.notification(task, delay);
          }
        }
      };
    }
  },

  /** Any token will do. */
  TOKEN_CHECK_OFF(Set.of(Invariant.NO_STRANGER)) {
    @Override
    public OptionalInt verify(CallbackTokens tokens, String provider, String job, String token) {
      return OptionalInt.of(1);
    }
  },

  /** The token of one job opens another. */
  TOKEN_WITHOUT_ITS_JOB(Set.of(Invariant.NO_STRANGER)) {
    @Override
    public OptionalInt verify(CallbackTokens tokens, String provider, String job, String token) {
      OptionalInt other = tokens.verify("useapi", job + "0", token);
      return other.isPresent() ? other : tokens.verify(provider, job, token);
    }
  },

  /** Everybody sees every job. */
  OWNER_NOT_LOOKED_AT(Set.of(Invariant.NO_STRANGER)) {
    @Override
    public boolean sees(ReadJobs read, Function<JobId, Optional<Job>> jobs, Owner who, JobId id) {
      return jobs.apply(id).isPresent();
    }
  },

  /** A call without an answer is taken for one that bought nothing. */
  TIMEOUT_TAKEN_FOR_A_REFUSAL(
      Set.of(Invariant.SILENCE, Invariant.BOUGHT_ONCE, Invariant.FAILED_FOR_A_REASON)) {
    @Override
    public Provider provider(Provider provider) {
      return new Answers(provider) {
        @Override
        public SubmitOutcome submit(Order order) {
          SubmitOutcome outcome = super.submit(order);
          return outcome instanceof SubmitOutcome.Unknown unknown
              ? new SubmitOutcome.TryLater(unknown.reason(), Optional.empty())
              : outcome;
        }
      };
    }
  },

  /** What comes is stored, whatever it is. */
  CONTENT_NOT_LOOKED_AT(Set.of(Invariant.READY_HAS_BYTES)) {
    @Override
    public AssetStore assets(InMemoryAssetStore bucket, Agenda agenda) {
      return new Files(bucket) {
        @Override
        public StoredFile write(AssetKey key, Opened.Body body, ContentType.Expected expected) {
          return bucket.write(key, asFarAsItCame(body), "audio/mpeg");
        }
      };
    }
  },

  /** An asset is said to be stored before its bytes are. */
  STORED_BEFORE_THE_BYTES(Set.of(Invariant.READY_HAS_BYTES)) {
    @Override
    public AssetStore assets(InMemoryAssetStore bucket, Agenda agenda) {
      return new Files(bucket) {
        @Override
        public StoredFile write(AssetKey key, Opened.Body body, ContentType.Expected expected)
            throws BadContentException {
          byte[] bytes = asFarAsItCame(body);
          Opened.Body copy =
              new Opened.Body(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
          StoredFile file = new InMemoryAssetStore().write(key, copy, expected);
          agenda.atEnd(() -> bucket.write(key, bytes, file.contentType()));
          return file;
        }
      };
    }
  },

  /** Bytes are under their key before they are verified, and what is there is kept. */
  VERIFIED_AFTER_STORING(Set.of(Invariant.READY_HAS_BYTES)) {
    @Override
    public AssetStore assets(InMemoryAssetStore bucket, Agenda agenda) {
      return new Files(bucket) {
        @Override
        public StoredFile write(AssetKey key, Opened.Body body, ContentType.Expected expected)
            throws BadContentException {
          Optional<StoredFile> there = bucket.file(key);
          if (there.isPresent()) {
            return there.get();
          }
          byte[] bytes = asFarAsItCame(body);
          bucket.write(key, bytes, "audio/mpeg");
          return new InMemoryAssetStore()
              .write(
                  key, new Opened.Body(new ByteArrayInputStream(bytes), body.length()), expected);
        }
      };
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // copied, and so immutable
  private final Set<Invariant> bites;

  Broken(Set<Invariant> bites) {
    this.bites = Set.copyOf(bites);
  }

  /** What does not hold because of the mistake, any one of them first. */
  Set<Invariant> bites() {
    return bites;
  }

  private static byte[] asFarAsItCame(Opened.Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.bytes().transferTo(bytes);
    } catch (IOException e) {
      return bytes.toByteArray(); // the mistake: what came is taken for all
    }
    return bytes.toByteArray();
  }
}
