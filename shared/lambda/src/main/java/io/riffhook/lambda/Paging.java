package io.riffhook.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffhook.domain.Page;
import java.util.function.Function;

/**
 * Answers with one page of a listing: the items, and the cursor of the next page where there is
 * one.
 */
public final class Paging {
  private static final String DEFAULT_LIMIT = "20";

  private Paging() {}

  /** Reads the page that a request asks for, and answers with it. */
  public static <T> HttpResponse answer(
      HttpRequest request,
      String field,
      Function<Page.Request, Page<T>> read,
      Function<T, ObjectNode> json) {
    String limit = request.parameter("limit").orElse(DEFAULT_LIMIT);
    if (!limit.matches("[1-9][0-9]?|100")) {
      return Problem.badParameter("limit", "must be a whole number from 1 to " + Page.MAX);
    }
    try {
      Page<T> page =
          read.apply(new Page.Request(Integer.parseInt(limit), request.parameter("cursor")));
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode items = body.putArray(field);
      page.items().forEach(item -> items.add(json.apply(item)));
      page.next().ifPresent(cursor -> body.put("next", cursor));
      return HttpResponse.json(200, body);
    } catch (Page.BadCursorException e) {
      return Problem.badParameter("cursor", "is not one that a page of this listing gave");
    }
  }
}
