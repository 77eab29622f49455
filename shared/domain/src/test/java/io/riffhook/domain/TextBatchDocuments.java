package io.riffhook.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Documents of batches as a test can read them. */
public final class TextBatchDocuments implements BatchDocuments {
  @Override
  public byte[] input(List<BatchEntry> entries) {
    List<String> lines = new ArrayList<>();
    for (BatchEntry entry : entries) {
      lines.add(
          switch (entry) {
            case BatchEntry.Order order -> "+" + order.json();
            case BatchEntry.Bad bad ->
                bad.errors().stream()
                    .map(each -> each.pointer() + "=" + each.detail())
                    .collect(Collectors.joining("|", "-", ""));
          });
    }
    return String.join("\n", lines).getBytes(UTF_8);
  }

  @Override
  public List<BatchEntry> entries(byte[] input) {
    return new String(input, UTF_8)
        .lines()
        .<BatchEntry>map(
            line ->
                line.startsWith("+")
                    ? new BatchEntry.Order(line.substring(1))
                    : new BatchEntry.Bad(
                        List.of(
                            new FieldError(
                                line.substring(1, line.indexOf('=')),
                                line.substring(line.indexOf('=') + 1)))))
        .toList();
  }

  @Override
  public byte[] report(List<BatchResult> results) {
    return results.stream()
        .map(
            each ->
                switch (each) {
                  case BatchResult.OfJob of ->
                      of.line().number() + " " + of.view().job().id() + " " + each.status();
                  case BatchResult.Refused refused ->
                      refused.line().number() + " " + refused.reason().detail();
                  case BatchResult.NotStarted not -> not.line().number() + " " + each.status();
                  case BatchResult.BadFile bad -> bad.reason().detail();
                })
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }

  @Override
  public String batch(Batch batch) {
    return "{\"id\":\"" + batch.id() + "\"}";
  }
}
