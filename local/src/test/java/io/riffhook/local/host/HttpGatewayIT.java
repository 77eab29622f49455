package io.riffhook.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.local.template.Function;
import io.riffhook.local.template.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpGatewayIT {

  @Test
  void shouldNotWaitLongerThanTheGatewayDoes() throws Exception {
    Function slow =
        new Function(
            "Slow",
            AnswerFunction.class.getName(),
            Optional.empty(),
            Duration.ofSeconds(60),
            128,
            Map.of(),
            List.of(),
            List.of());
    HostedFunction hosted =
        new HostedFunction(
            slow, "us-east-1", FunctionRuntime.inProcess().runner(slow, Map.of()), name -> {});
    try (HttpListener http = HttpListener.open(0);
        HttpClient client = HttpClient.newHttpClient()) {
      http.serve(
          new HttpGateway(
              new RouteTable(Map.of(new Route("POST", "/slow"), hosted)),
              Map.of(),
              new GatewayCors(Optional.empty()),
              Duration.ofMillis(100)));

      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(http.url() + "/slow"))
                  .header("content-type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("hang"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    } finally {
      hosted.finish(Duration.ZERO);
    }
  }
}
