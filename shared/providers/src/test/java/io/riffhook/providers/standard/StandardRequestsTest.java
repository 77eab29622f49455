package io.riffhook.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.JobId;
import io.riffhook.domain.Operation;
import io.riffhook.domain.Operation.Controls;
import io.riffhook.domain.Operation.Edit;
import io.riffhook.domain.Operation.Lyrics;
import io.riffhook.domain.Operation.Sound;
import io.riffhook.domain.Provider.Audio;
import io.riffhook.domain.Provider.Order;
import io.riffhook.domain.Source;
import io.riffhook.domain.SubmitOutcome;
import io.riffhook.domain.UploadId;
import io.riffhook.providers.StubProvider;
import io.riffhook.providers.StubProvider.Request;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes over the wire by each of the page's mappings, to the byte. */
class StandardRequestsTest {
  private static final JobId JOB = new JobId("job-1");
  private static final Source SOURCE = new Source.OfUpload(new UploadId("u"));
  private static final Optional<URI> CALLBACK =
      Optional.of(URI.create("https://hooks.example.com/callbacks/standard/t0ken"));
  private static final String OTHER_START = "{'output':{'quality':'high','formats':['mp3','wav']},";
  private static final String OTHER_END = ",'engine':'aria-2','idempotency_key':'job-1'}";

  @RegisterExtension private final StubProvider stub = new StubProvider("/v1");

  private final StandardProvider standard = Standards.at(stub);
  private final StandardProvider other = Standards.at(stub, "MAPPING", Standards.other());

  @Test
  void shouldPostTheLeastOfAPrompt() {
    submit(standard, order(new Operation.Prompt("k-pop über \"die\" Ferne", false)));
    assertPosted("{'input':{'prompt':'k-pop über \\\"die\\\" Ferne','instrumental':false}}");
  }

  @Test
  void shouldPostAllOfAPrompt() {
    submit(
        standard, new Order(JOB, new Operation.Prompt("rain", true), Optional.empty(), CALLBACK));
    assertPosted(
        "{'input':{'prompt':'rain','instrumental':true},"
            + "'webhook':'https://hooks.example.com/callbacks/standard/t0ken',"
            + "'webhook_events_filter':['completed']}");
  }

  @Test
  void shouldNotAskForCallbacksThatCannotBeChecked() {
    StandardProvider unsigned =
        StandardProvider.from(
            StubProvider.settings(
                Map.of(
                    "RIFFHOOK_ONE_MACHINE", "true",
                    "STANDARD_BASE_URL", stub.baseUrl(),
                    "STANDARD_TOKEN", "key-1234")));
    submit(
        unsigned, new Order(JOB, new Operation.Prompt("rain", false), Optional.empty(), CALLBACK));
    assertPosted("{'input':{'prompt':'rain','instrumental':false}}");
  }

  @Test
  void shouldPostTheLeastOfACompose() {
    submit(standard, order(compose(Optional.empty(), Optional.empty(), Controls.NONE)));
    assertPosted("{'input':{'prompt':'lo-fi','instrumental':true}}");
  }

  @Test
  void shouldPostAllOfACompose() {
    submit(
        standard,
        order(
            compose(
                Optional.of("Paper Boats"),
                Optional.of(new Lyrics.Written("One line\nand another")),
                seed(7))));
    assertPosted(
        "{'input':{'prompt':'lo-fi','instrumental':false,'title':'Paper Boats',"
            + "'lyrics':'One line\\nand another','seed':7}}");
  }

  @Test
  void shouldNotSendWhatTheMappingHasNoPlaceFor() {
    submit(
        standard,
        order(compose(Optional.empty(), Optional.of(new Lyrics.Asked("the sea")), all())));
    assertPosted("{'input':{'prompt':'lo-fi','instrumental':false,'seed':9007199254740991}}");
  }

  @Test
  void shouldPutAPromptByTheOtherMapping() {
    submitOther(
        new Order(JOB, new Operation.Prompt("rain", false), Optional.of("aria-1"), CALLBACK));
    assertPut(
        OTHER_START
            + "'task':'write','brief':'rain','no_vocals':false,'engine':'aria-1',"
            + "'idempotency_key':'job-1','callback':{"
            + "'url':'https://hooks.example.com/callbacks/standard/t0ken',"
            + "'events':['track.progress','track.done']}}");
  }

  @Test
  void shouldPutAllOfACompose() {
    submitOther(
        order(compose(Optional.of("Boats"), Optional.of(new Lyrics.Asked("the sea")), all())));
    assertPut(
        OTHER_START
            + "'task':'compose','style':'lo-fi','no_vocals':false,'title':'Boats',"
            + "'words_about':'the sea','weights':{'words':13,'surprise':-0.5},"
            + "'seed':'9007199254740991'"
            + OTHER_END);
  }

  @Test
  void shouldPutTheEndsOfAScale() {
    submitOther(order(compose(Optional.empty(), Optional.empty(), strengths(0))));
    assertPut(
        OTHER_START
            + "'task':'compose','style':'lo-fi','no_vocals':true,"
            + "'weights':{'words':0,'surprise':-1}"
            + OTHER_END);
    submitOther(order(compose(Optional.empty(), Optional.empty(), strengths(1))));
    assertThat(stub.requests().getLast().body()).contains("\"words\":100,\"surprise\":1}");
  }

  @Test
  void shouldPutACoverOfASongOfItsOwn() {
    submitOther(
        transform(
            new Edit.Cover(),
            Optional.of("techno"),
            new Audio.Made("t%2F1#v%20%231", Optional.empty()),
            all()));
    assertPut(
        OTHER_START
            + "'task':'cover','style':'techno','weights':{'original':0.375},"
            + "'version_id':'v #1'"
            + OTHER_END);
  }

  @Test
  void shouldPutACoverOfAFile() {
    submitOther(
        transform(
            new Edit.Cover(),
            Optional.of("techno"),
            new Audio.Given("https://bucket.example.com/u?X=1"),
            Controls.NONE));
    assertPut(
        OTHER_START
            + "'task':'cover','style':'techno','audio_url':'https://bucket.example.com/u?X=1'"
            + OTHER_END);
  }

  @Test
  void shouldPutAnExtend() {
    submitOther(
        transform(
            new Edit.Extend(OptionalDouble.of(61.25), OptionalDouble.of(29.6)),
            Optional.of("quiet"),
            new Audio.Made("t1#v1", Optional.empty()),
            Controls.NONE));
    assertPut(
        OTHER_START
            + "'task':'extend','style':'quiet','from_second':61.25,'seconds':30,"
            + "'version_id':'v1'"
            + OTHER_END);
  }

  @Test
  void shouldPutAReplace() {
    submitOther(
        transform(
            new Edit.Replace(30, OptionalDouble.of(45.5)),
            Optional.empty(),
            new Audio.Given("https://b.example.com/x"),
            Controls.NONE));
    assertPut(
        OTHER_START
            + "'task':'inpaint','from_second':30,'to_second':45.5,"
            + "'audio_url':'https://b.example.com/x'"
            + OTHER_END);
  }

  @Test
  void shouldPostTheRestOfATransform() {
    String mapping =
        Standards.json(
            """
            {'create':{'path':'/t','id':'/id'},'read':{'path':'/t/{id}'},
             'job':{'id':'/id','status':'/s','succeeded':['ok']},
             'songs':{'at':'/o','audio':{'mp3':''}},
             'operations':{
              'swap-sound':{'source':'/from','options':{
               'prompt':{'at':'/a'},'title':{'at':'/b'},'lyrics':{'at':'/c'},
               'lyricsStrength':{'at':'/d'},'promptStrength':{'at':'/e'},'weirdness':{'at':'/f'},
               'variation':{'at':'/g'},'seed':{'at':'/h'}}},
              'swap-vocals':{'source':'/from','options':{}},
              'extend':{'source':'/from','options':{}}}}
            """);
    StandardProvider swapping = Standards.at(stub, "MAPPING", mapping);
    stub.answer("/t", 200, "{\"id\":\"j\"}");
    swapping.submit(
        new Order(
            JOB,
            new Operation.Transform(
                SOURCE,
                new Edit.SwapSound(),
                Optional.of("p"),
                Optional.of("t"),
                Optional.of("l"),
                all()),
            Optional.empty(),
            CALLBACK,
            Optional.of(new Audio.Given("https://b.example.com/x")),
            Optional.empty()));
    stub.answer("/t", 200, "{\"id\":\"j\"}");
    swapping.submit(
        transform(new Edit.SwapVocals(), Optional.of("p"), new Audio.Given("https://x"), all()));
    stub.answer("/t", 200, "{\"id\":\"j\"}");
    swapping.submit(
        transform(
            new Edit.Extend(OptionalDouble.empty(), OptionalDouble.empty()),
            Optional.of("p"),
            new Audio.Made("t#v", Optional.empty()),
            all()));
    assertThat(stub.requests())
        .extracting(Request::body)
        .containsExactly(
            Standards.json(
                "{'a':'p','b':'t','c':'l','d':0.125,'e':0.5,'f':0.25,'g':0.75,"
                    + "'h':9007199254740991,'from':'https://b.example.com/x'}"),
            "{\"from\":\"https://x\"}",
            "{}");
  }

  @Test
  void shouldNotDoWhatTheMappingLacks() {
    assertThat(
            standard.submit(
                transform(
                    new Edit.Cover(),
                    Optional.empty(),
                    new Audio.Given("https://x"),
                    Controls.NONE)))
        .isInstanceOf(SubmitOutcome.Refused.class);
  }

  @Test
  void shouldReadAJob() {
    stub.answer("/predictions/a b/#", 200, "{}");
    standard.lookup("a b/#", Optional.empty());
    assertSent("GET /v1/predictions/a%20b%2F%23", "authorization", "Bearer key-1234", "");
  }

  @Test
  void shouldReadAJobByTheOtherMapping() {
    stub.answer("/v2/tracks/t-1", 200, "{}");
    other.lookup("t-1", Optional.empty());
    assertSent("GET /v1/v2/tracks/t-1?fields=all", "x-api-key", "key-1234", "");
    assertThat(stub.request().headers()).doesNotContainKey("authorization");
  }

  @Test
  void shouldCancelJobs() {
    stub.answer("/predictions/a/cancel", 200, "");
    stub.answer("/predictions/b/cancel", 500, "");
    standard.cancel(List.of("a", "b"));
    assertThat(stub.requests())
        .extracting(each -> each.method() + " " + each.target() + " " + each.body())
        .containsExactly("POST /v1/predictions/a/cancel {}", "POST /v1/predictions/b/cancel {}");
  }

  @Test
  void shouldCancelAJobByTheOtherMapping() {
    stub.answer("/v2/tracks/t-1", 204, "");
    other.cancel(List.of("t-1"));
    assertSent("DELETE /v1/v2/tracks/t-1", "x-api-key", "key-1234", "");
  }

  @Test
  void shouldCancelNothingWhereTheMappingHasNoCall() {
    StandardProvider without =
        Standards.at(
            stub, "MAPPING", Standards.examples().getFirst().replaceFirst("\"cancel\".*\n", ""));
    without.cancel(List.of("a"));
    assertThat(stub.requests()).isEmpty();
  }

  private void submit(StandardProvider to, Order order) {
    stub.answer("/predictions", 201, "{\"id\":\"p-1\"}");
    to.submit(order);
  }

  private void submitOther(Order order) {
    stub.answer("/v2/tracks/job-1", 200, "{\"track\":{\"id\":7}}");
    other.submit(order);
  }

  private void assertPosted(String body) {
    assertSent("POST /v1/predictions", "authorization", "Bearer key-1234", body);
    assertThat(stub.request().headers()).containsEntry("content-type", "application/json");
  }

  private void assertPut(String body) {
    assertSent("PUT /v1/v2/tracks/job-1", "x-api-key", "key-1234", body);
    assertThat(stub.requests().getFirst().headers()).doesNotContainKey("authorization");
  }

  private void assertSent(String call, String header, String value, String body) {
    Request request = stub.requests().getFirst();
    assertThat(request.method() + " " + request.target()).isEqualTo(call);
    assertThat(request.body()).isEqualTo(Standards.json(body));
    assertThat(request.headers())
        .containsEntry(header, value)
        .containsEntry("accept", "application/json")
        .doesNotContainKey("upgrade");
  }

  private static Order order(Operation operation) {
    return new Order(JOB, operation, Optional.empty(), Optional.empty());
  }

  private static Order transform(
      Edit edit, Optional<String> prompt, Audio audio, Controls controls) {
    return new Order(
        JOB,
        new Operation.Transform(SOURCE, edit, prompt, Optional.empty(), Optional.empty(), controls),
        Optional.empty(),
        Optional.empty(),
        Optional.of(audio),
        Optional.empty());
  }

  private static Operation.Compose compose(
      Optional<String> title, Optional<Lyrics> lyrics, Controls controls) {
    return new Operation.Compose(
        title,
        lyrics,
        List.of(
            new Sound(
                "lo-fi", OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty())),
        controls,
        Optional.empty(),
        Optional.empty());
  }

  private static Controls seed(long seed) {
    return new Controls(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.of(seed));
  }

  private static Controls strengths(double value) {
    return new Controls(
        OptionalDouble.of(value),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(value),
        OptionalDouble.empty(),
        OptionalLong.empty());
  }

  /** Each with a value of its own. */
  private static Controls all() {
    return new Controls(
        OptionalDouble.of(0.125),
        OptionalDouble.of(0.5),
        OptionalDouble.of(0.375),
        OptionalDouble.of(0.25),
        OptionalDouble.of(0.75),
        OptionalLong.of(9_007_199_254_740_991L));
  }
}
