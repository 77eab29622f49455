package io.riffhook.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Holds calls and answers to docs/openapi.yaml, and remembers which answers it has seen. */
final class Contract {
  private final OpenApiInteractionValidator validator;
  private final List<Operation> operations;
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  Contract() throws IOException {
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(
                Files.readString(Repository.OPENAPI))
            .build();
    operations = Operation.all(Repository.openApi());
  }

  /**
   * A call.
   *
   * @param path with its query
   */
  record Call(String method, String path, Map<String, String> headers, Optional<String> body) {
    static Call get(String path) {
      return new Call("GET", path, Map.of(), Optional.empty());
    }

    static Call post(String path) {
      return new Call("POST", path, Map.of(), Optional.empty());
    }

    static Call post(String path, String body) {
      return new Call("POST", path, Map.of("Content-Type", "application/json"), Optional.of(body));
    }

    static Call patch(String path, String body) {
      return new Call("PATCH", path, Map.of("Content-Type", "application/json"), Optional.of(body));
    }

    static Call delete(String path) {
      return new Call("DELETE", path, Map.of(), Optional.empty());
    }

    Call with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Call(method, path, more, body);
    }

    private String plainPath() {
      return path.split("\\?", 2)[0];
    }
  }

  /** An answer. */
  record Answer(int status, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return Optional.ofNullable(headers.get(name)).orElseThrow().getFirst();
    }
  }

  /** Whether the document allows the call. */
  boolean allows(Call call) {
    return !validator.validateRequest(request(call)).hasErrors();
  }

  /** Fails where the document does not promise this answer to the call. */
  void check(Call call, Answer answer) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
    answer.headers().forEach(response::withHeader);
    if (!answer.body().isEmpty()) {
      response.withBody(answer.body());
    }
    ValidationReport report =
        validator.validateResponse(
            call.plainPath(), Request.Method.valueOf(call.method()), response.build());
    assertThat(report.getMessages())
        .as("%s %s answered %d %s", call.method(), call.path(), answer.status(), answer.body())
        .isEmpty();
    operations.stream()
        .filter(operation -> operation.takes(call.method(), call.plainPath()))
        .forEach(operation -> seen.add(word(operation, answer.status())));
  }

  private static Request request(Call call) {
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(call.method(), call.plainPath(), true);
    call.headers().forEach(request::withHeader);
    call.body().ifPresent(request::withBody);
    String[] parts = call.path().split("\\?", 2);
    if (parts.length == 2) {
      for (String pair : parts[1].split("&")) {
        String[] parameter = pair.split("=", 2);
        request.withQueryParam(parameter[0], parameter[1]);
      }
    }
    return request.build();
  }

  /** The answers that the document promises and {@link #check} has not seen. */
  List<String> unseen() {
    return operations.stream()
        .flatMap(operation -> operation.statuses().stream().map(status -> word(operation, status)))
        .filter(word -> !seen.contains(word))
        .toList();
  }

  List<Operation> operations() {
    return operations;
  }

  private static String word(Operation operation, int status) {
    return operation.method() + " " + operation.path() + " " + status;
  }
}
