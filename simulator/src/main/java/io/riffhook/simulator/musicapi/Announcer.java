package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.settings.CallbackSettings;
import io.riffhook.simulator.settings.LiveSettings;
import io.riffhook.simulator.work.Ending;
import io.riffhook.simulator.work.Notice;
import java.util.Optional;

/**
 * Tells webhooks about the tasks of one platform: the answer of a read, with {@code task_id},
 * {@code platform} and {@code event}.
 */
final class Announcer implements Task.Teller {
  private final String platform;
  private final Tasks tasks;
  private final WebhookSender webhooks;
  private final LiveSettings settings;

  Announcer(String platform, Tasks tasks, WebhookSender webhooks, LiveSettings settings) {
    this.platform = platform;
    this.tasks = tasks;
    this.webhooks = webhooks;
    this.settings = settings;
  }

  @Override
  public void ended(Task task, Ending ending) {
    tasks.settle(task, ending);
  }

  @Override
  public void tell(Task task, Notice notice, CallbackSettings how) throws InterruptedException {
    Optional<Webhook> webhook = task.facts().order().webhook();
    if (webhook.isEmpty()) {
      return;
    }
    switch (notice) {
      case Notice.Progress progress -> {
        if (settings.get().webhooks().streaming()) {
          post(webhook.get(), task, "song.streaming", tasks.show(task, State.RUNNING), false, how);
        }
      }
      case Notice.End(Ending ending) -> {
        // Told before its time: by somebody who isn't the vendor.
        boolean forged = !task.ended();
        switch (ending) {
          case COMPLETED ->
              post(
                  webhook.get(),
                  task,
                  "song.completed",
                  tasks.show(task, State.SUCCEEDED),
                  forged,
                  how);
          case FAILED -> post(webhook.get(), task, "song.failed", failed(task), forged, how);
        }
      }
    }
  }

  /** A failure has a code other than 200, or the state, or both. */
  private ObjectNode failed(Task task) {
    Tasks.Failure failure = tasks.failure(task);
    if (failure.status() == 200) {
      return failure.body();
    }
    ObjectNode body = tasks.show(task, State.FAILED).put("code", failure.status());
    return body.put("message", failure.body().path("error").asText());
  }

  private void post(
      Webhook webhook,
      Task task,
      String event,
      ObjectNode body,
      boolean forged,
      CallbackSettings how)
      throws InterruptedException {
    ObjectNode named =
        body.put("task_id", task.facts().id()).put("platform", platform).put("event", event);
    webhooks.send(webhook, event, named, forged, how);
  }
}
