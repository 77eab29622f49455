package io.riffhook.simulator.musicapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.simulator.http.Reply;

/** What differs between the platforms in what they answer. */
interface Wire {
  /** The answer to a create that the account cannot pay. */
  Reply outOfCredits();

  /** A song, a file or lyrics of a task, as reads and webhooks show it. */
  ObjectNode item(Task task, Result result, State state);

  /** The items of a task that has not ended, when its state is shown in them. */
  boolean showsRunningItems();

  /** The answer around the items. */
  ObjectNode envelope(State state, ArrayNode items);
}
