package io.riffhook.submit;

import io.riffhook.attacks.Call;
import io.riffhook.aws.SqsQueues;
import io.riffhook.domain.Delays;
import io.riffhook.domain.Studio;
import io.riffhook.domain.WaitForJob;
import io.riffhook.lambda.Callers;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The submit function with one provider that takes everything, and all else in memory. */
public final class SubmitStage {
  public final Studio studio = new Studio();
  private final SubmitRoutes routes;
  private final SubmissionMessages messages;
  final List<RejectedSubmissions.Rejected> rejected = new ArrayList<>();

  public SubmitStage() {
    Map<String, String> settings = Map.of("RIFFHOOK_ONE_MACHINE", "true");
    routes =
        new SubmitRoutes(
            new Callers(name -> Optional.ofNullable(settings.get(name))),
            studio.does.submit,
            studio.does.runAgain,
            studio.does.upload,
            studio.jobs,
            studio.songs,
            new WaitForJob(studio.jobs, studio.clock, studio.clock::advance),
            studio.clock);
    // Nobody has a limit here, so nothing waits in a queue for room.
    SqsQueues none = new SqsQueues(new NoQueues(), _ -> Optional.empty());
    messages =
        new SubmissionMessages(
            studio.does.submit,
            studio.does.call,
            none,
            rejected::add,
            new Delays(new Random(1)),
            InstantSource.system());
  }

  /** A service that is asked for nothing: each of its calls would throw. */
  private static final class NoQueues implements SqsClient {
    @Override
    public String serviceName() {
      return SqsClient.SERVICE_NAME;
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }

  /** The answer to a call, which is a sound one. */
  public Call.Answer answer(Call call) {
    return call.answeredBy(routes::answer).sound();
  }

  HttpResponse answer(HttpRequest request) {
    return routes.answer(request);
  }

  SubmissionMessages messages() {
    return messages;
  }
}
