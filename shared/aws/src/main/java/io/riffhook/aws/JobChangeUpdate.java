package io.riffhook.aws;

import io.riffhook.domain.JobChange;
import io.riffhook.domain.Status;
import io.riffhook.domain.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Each change of a job as one conditional write: what the domain's Transitions says, in DynamoDB's
 * words.
 */
final class JobChangeUpdate {
  private JobChangeUpdate() {}

  static Update of(JobChange change, Instant now) {
    JobChange.Move move = change.move();
    Update update =
        new Update().whereIn(move.from().stream().map(Status::name).toList(), JobItem.STATUS);
    if (change.isNews()) {
      update.set(Item.value(now), JobItem.UPDATED_AT);
    }
    move.to().ifPresent(to -> update.set(Item.value(to.name()), JobItem.STATUS));
    change
        .event()
        .ifPresent(
            type -> update.append(JobItem.event(type, now, change.eventSong()), JobItem.EVENTS));
    return switch (change) {
      case JobChange.CallStarted started ->
          update
              .whereEqual(Item.value(started.call() - 1), JobItem.CALLS)
              .whereNot(Item.value(JobItem.IN_FLIGHT), JobItem.SUBMISSION, JobItem.STATE)
              .set(Item.value(started.call()), JobItem.CALLS)
              .set(JobItem.submission(JobItem.IN_FLIGHT, started.at()), JobItem.SUBMISSION);
      case JobChange.Accepted accepted ->
          accept(update, accepted.providerJobs(), accepted.account(), accepted.at())
              .remove(JobItem.REASON);
      case JobChange.AcceptedLate accepted ->
          accept(
              update.whereNot(Item.value(JobItem.ACCEPTED), JobItem.SUBMISSION, JobItem.STATE),
              accepted.providerJobs(),
              accepted.account(),
              accepted.at());
      case JobChange.Adopted adopted ->
          update
              .whereAboveOrNot(
                  0,
                  JobItem.UNKNOWNS,
                  Item.value(JobItem.ACCEPTED),
                  JobItem.SUBMISSION,
                  JobItem.STATE)
              .whereLacks(Item.value(adopted.providerJob()), JobItem.PROVIDER_JOBS)
              .append(Item.value(adopted.providerJob()), JobItem.PROVIDER_JOBS);
      case JobChange.Postponed postponed ->
          update
              .set(JobItem.submission(JobItem.WAITING, postponed.until()), JobItem.SUBMISSION)
              .set(Item.value(postponed.reason()), JobItem.REASON);
      case JobChange.PreparationPostponed later -> {
        later.reason().ifPresent(reason -> update.set(Item.value(reason), JobItem.REASON));
        int current = later.number() - 1;
        yield (current == 1
                ? update.whereAbsent(JobItem.SUBMISSION, JobItem.PREPARATION)
                : update.whereEqual(Item.value(current), JobItem.SUBMISSION, JobItem.PREPARATION))
            .whereEqual(Item.value(JobItem.WAITING), JobItem.SUBMISSION, JobItem.STATE)
            .set(
                JobItem.waiting(new Submission.Waiting(later.until(), later.number())),
                JobItem.SUBMISSION);
      }
      case JobChange.LookUpPostponed later ->
          update
              .whereEqual(Item.value(JobItem.UNKNOWN), JobItem.SUBMISSION, JobItem.STATE)
              .whereEqual(Item.value(later.known()), JobItem.SUBMISSION, JobItem.NEXT)
              .set(Item.value(later.next()), JobItem.SUBMISSION, JobItem.NEXT);
      case JobChange.Moved moved -> {
        moved
            .reason()
            .ifPresentOrElse(
                reason -> update.set(Item.value(reason), JobItem.REASON),
                () -> update.remove(JobItem.REASON));
        yield update
            .whereEqual(Item.value(0), JobItem.UNKNOWNS)
            .whereSizeIs(0, JobItem.PROVIDER_JOBS)
            .whereEqual(Item.value(moved.calls()), JobItem.CALLS)
            .set(Item.value(moved.provider()), JobItem.PROVIDER)
            .set(JobItem.formats(moved.formats()), JobItem.FORMATS)
            .set(Item.value(moved.callbacks()), JobItem.CALLBACKS)
            .set(JobItem.submission(JobItem.WAITING, moved.at()), JobItem.SUBMISSION);
      }
      case JobChange.OutcomeUnknown unknown ->
          update
              .whereEqual(Item.value(JobItem.IN_FLIGHT), JobItem.SUBMISSION, JobItem.STATE)
              .set(JobItem.unknown(new Submission.Unknown(unknown.until())), JobItem.SUBMISSION)
              .add(Item.value(1), JobItem.UNKNOWNS)
              .set(Item.value(unknown.reason()), JobItem.REASON);
      case JobChange.Progressed progressed ->
          update
              .whereEqual(Item.value(progressed.attempt()), JobItem.ATTEMPT)
              .whereAbsentOrBelow(progressed.progress(), JobItem.PROGRESS)
              .set(Item.value(progressed.progress()), JobItem.PROGRESS);
      case JobChange.Woken woken -> wake(update, woken.attempt(), woken.providerJob());
      case JobChange.WokenLate woken -> wake(update, woken.attempt(), woken.providerJob());
      case JobChange.WokenInVain vain -> update.delete(one(vain.providerJob()), JobItem.WOKEN);
      case JobChange.SongSeen seen ->
          update
              .whereAbsent(JobItem.SONG_NUMBERS, seen.providerSong())
              .whereSizeIs(seen.number() - 1, JobItem.SONG_NUMBERS)
              .set(Item.value(seen.number()), JobItem.SONG_NUMBERS, seen.providerSong());
      case JobChange.Collected done -> update.add(one(done.providerJob()), JobItem.COLLECTED);
      case JobChange.GaveNoSong none ->
          update
              .add(one(none.providerJob()), JobItem.COLLECTED)
              .set(Item.value(none.reason()), JobItem.REASON);
      case JobChange.SongStored stored ->
          update
              .whereLacks(Item.value(stored.number()), JobItem.STORED_SONGS)
              .add(Item.integerSet(List.of(stored.number())), JobItem.STORED_SONGS);
      case JobChange.Noted noted -> update.set(Item.value(noted.reason()), JobItem.REASON);
      case JobChange.Ready _ -> update.set(Item.value(100), JobItem.PROGRESS);
      case JobChange.Ended ended -> update.set(Item.value(ended.reason()), JobItem.REASON);
      case JobChange.CheckSent sent ->
          update
              .whereAbsentOrBelow(sent.number(), JobItem.CHECKS)
              .set(Item.value(sent.number()), JobItem.CHECKS);
      case JobChange.Told told ->
          update
              .whereBelow(Item.value(told.events()), JobItem.TOLD)
              .set(Item.value(told.events()), JobItem.TOLD)
              .set(Item.value(told.progressWanted()), JobItem.PROGRESS_WANTED);
      case JobChange.ProgressTold told ->
          update
              .whereAbsentOrAtMost(
                  Item.value(told.at().minus(JobChange.PROGRESS_PACE).toEpochMilli()),
                  JobItem.PROGRESS_TOLD_AT)
              .set(Item.value(told.at().toEpochMilli()), JobItem.PROGRESS_TOLD_AT);
      case JobChange.Restarted restarted ->
          again(update, restarted.attempt(), restarted.deadline())
              .whereSizeIs(0, JobItem.SONG_NUMBERS)
              .remove(JobItem.PROGRESS)
              .set(JobItem.submission(JobItem.WAITING, restarted.at()), JobItem.SUBMISSION)
              .set(Item.value(0), JobItem.CALLS)
              .set(Item.value(0), JobItem.UNKNOWNS)
              .remove(JobItem.ACCOUNT)
              .set(Item.list(List.of()), JobItem.PROVIDER_JOBS)
              .remove(JobItem.WOKEN)
              .remove(JobItem.COLLECTED);
      case JobChange.Resumed resumed ->
          again(update, resumed.attempt(), resumed.deadline())
              .whereNotEmpty(JobItem.SONG_NUMBERS)
              .remove(JobItem.COLLECTED)
              .remove(JobItem.STORED_SONGS);
    };
  }

  private static Update accept(
      Update update, List<String> providerJobs, Optional<String> account, Instant at) {
    account.ifPresentOrElse(
        name -> update.set(Item.value(name), JobItem.ACCOUNT),
        () -> update.remove(JobItem.ACCOUNT));
    return update
        .set(Item.list(providerJobs), JobItem.PROVIDER_JOBS)
        .set(JobItem.submission(JobItem.ACCEPTED, at), JobItem.SUBMISSION);
  }

  private static Update wake(Update update, int attempt, String providerJob) {
    return update
        .whereEqual(Item.value(attempt), JobItem.ATTEMPT)
        .whereLacks(Item.value(providerJob), JobItem.WOKEN)
        .whereAbsentOrSmaller(JobChange.MAX_WOKEN, JobItem.WOKEN)
        .add(one(providerJob), JobItem.WOKEN);
  }

  private static Update again(Update update, int attempt, Instant deadline) {
    return update
        .whereEqual(Item.value(attempt - 1), JobItem.ATTEMPT)
        .set(Item.value(attempt), JobItem.ATTEMPT)
        .set(Item.value(deadline), JobItem.DEADLINE)
        .remove(JobItem.REASON);
  }

  private static AttributeValue one(String text) {
    return Item.textSet(List.of(text));
  }
}
