package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
  private static final String FUNCTION =
      """
      Parameters:
        Token: { Type: String, Default: "" }
        Stage: { Type: String, Default: test }
      Conditions:
        HasToken: !Not [!Equals [!Ref Token, ""]]
      Globals:
        Function:
          Timeout: 7
          Environment:
            Variables: { EVERYWHERE: "yes" }
      Resources:
        Work:
          Type: AWS::SQS::Queue
        Worker:
          Type: AWS::Serverless::Function
          Properties:
            Handler: com.example.Worker::handleRequest
            Environment:
              Variables:
                QUEUE: !Ref Work
                ARN: !GetAtt Work.Arn
                NAME: !Sub "${Stage}-${Work.QueueName}-${!kept}"
                LIST: !Join [",", [a, !Ref Stage]]
                TOKEN_ARN: !If [HasToken, !Ref Token, !Ref AWS::NoValue]
            Events:
              Route: { Type: HttpApi, Properties: { Method: get, Path: "/x/{id}" } }
              Messages: { Type: SQS, Properties: { Queue: !GetAtt Work.Arn, BatchSize: 3 } }
      """;

  private final Path folder;

  TemplateTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Template read(String yaml, Map<String, String> parameters) throws IOException {
    return Template.read(Files.writeString(folder.resolve("template.yaml"), yaml), parameters);
  }

  private static final String BUCKET =
      """
      Resources:
        Inbox: { Type: AWS::SQS::Queue }
        Plain: { Type: AWS::S3::Bucket }
        Told:
          Type: AWS::S3::Bucket
          Properties:
            NotificationConfiguration:
              QueueConfigurations:
                - Event: s3:ObjectCreated:*
                  Queue: !GetAtt Inbox.Arn
                  Filter: { S3Key: { Rules: [{ Name: suffix, Value: .json }] } }
      """;

  @Test
  void shouldReadWhichQueueABucketTells() throws IOException {
    assertThat(read(BUCKET, Map.of()).buckets())
        .containsExactlyInAnyOrder(
            new Bucket("Plain", List.of()),
            new Bucket("Told", List.of(new Bucket.Notification("Inbox", "", ".json"))));
  }

  @Test
  void shouldRefuseAnEventOfABucketThatItDoesNotPlay() {
    assertThatThrownBy(() -> read(BUCKET.replace("ObjectCreated", "ObjectRemoved"), Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Told: event s3:ObjectRemoved:* is not known");
  }

  private static Resolver resolver(Template template) {
    return template.resolver(
        Map.of("Work", "http://queue/work"),
        Map.of("Work.Arn", "arn:work", "Work.QueueName", "work"));
  }

  @Test
  void shouldReadAFunctionWithGlobalsRoutesAndQueues() throws IOException {
    Function worker = read(FUNCTION, Map.of()).functions().getFirst();

    assertThat(worker.handlerClass()).isEqualTo("com.example.Worker");
    assertThat(worker.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(worker.routes()).containsExactly(new Route("GET", "/x/{id}"));
    assertThat(worker.queueSources()).containsExactly(new QueueSource("Work", 3, 1000, false));
  }

  @Test
  void shouldResolveTheEnvironment() throws IOException {
    Template template = read(FUNCTION, Map.of());

    assertThat(template.environments(resolver(template), Map.of()).get("Worker"))
        .isEqualTo(
            Map.of(
                "EVERYWHERE", "yes",
                "QUEUE", "http://queue/work",
                "ARN", "arn:work",
                "NAME", "test-work-${kept}",
                "LIST", "a,test"));
  }

  @Test
  void shouldTakeGivenParameters() throws IOException {
    Template template = read(FUNCTION, Map.of("Token", "arn:token", "Stage", "live"));

    assertThat(template.environments(resolver(template), Map.of()).get("Worker"))
        .containsEntry("TOKEN_ARN", "arn:token")
        .containsEntry("LIST", "a,live");
  }

  @Test
  void shouldReplaceWhereASettingIsByTheSettingItself() throws IOException {
    Template template = read(FUNCTION, Map.of("Token", "arn:token"));

    assertThat(template.environments(resolver(template), Map.of("TOKEN", "secret")).get("Worker"))
        .containsEntry("TOKEN", "secret")
        .doesNotContainKey("TOKEN_ARN");
  }

  @Test
  void shouldGiveADeclaredSettingOnlyToFunctionsThatDeclareIt() throws IOException {
    Template template =
        read(
            FUNCTION
                + """
                  Other:
                    Type: AWS::Serverless::Function
                    Properties: { Handler: com.example.Other }
                """,
            Map.of());

    Map<String, String> other =
        template
            .environments(resolver(template), Map.of("TOKEN", "secret", "ELSEWHERE", "1"))
            .get("Other");

    assertThat(other).isEqualTo(Map.of("EVERYWHERE", "yes", "ELSEWHERE", "1"));
  }

  @Test
  void shouldRefuseAnUnknownIntrinsic() {
    assertThatThrownBy(() -> read("Resources: {}\nX: !Select [0, a]\n", Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessage("intrinsic function !Select is not known");
  }

  @Test
  void shouldRefuseAnUnknownResource() {
    assertThatThrownBy(() -> read("Resources:\n  Bell: { Type: \"AWS::SNS::Topic\" }\n", Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Bell: resource type AWS::SNS::Topic is not known");
  }

  @Test
  void shouldRefuseAReferenceToNothing() {
    assertThatThrownBy(() -> read("Outputs:\n  A: { Value: !Ref Gone }\n", Map.of()))
        .hasMessage("!Ref Gone: no such parameter or resource");
    assertThatThrownBy(() -> read("Outputs:\n  A: { Value: !Ref Gone.Alias }\n", Map.of()))
        .hasMessage("!Ref Gone.Alias: no such parameter or resource");
    assertThatThrownBy(() -> read("Outputs:\n  A: { Value: !Sub \"${Gone.Arn}\" }\n", Map.of()))
        .hasMessage("!GetAtt Gone.Arn: no such resource");
    assertThatThrownBy(() -> read("Outputs:\n  A: { Value: !If [Gone, 1, 2] }\n", Map.of()))
        .hasMessage("condition Gone is not defined");
  }

  @Test
  void shouldRefuseAParameterWithoutAValue() {
    assertThatThrownBy(() -> read("Parameters:\n  A: { Type: String }\n", Map.of()))
        .hasMessage("parameters without a value: A");
    assertThatThrownBy(() -> read("Resources: {}\n", Map.of("B", "1")))
        .hasMessage("the template has no parameter B");
  }

  private static final String GUARDED =
      """
      Resources:
        Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            Auth:
              DefaultAuthorizer: Guard
              Authorizers:
                Guard:
                  FunctionArn: !GetAtt GuardFunction.Arn
                  AuthorizerPayloadFormatVersion: "2.0"
                  EnableSimpleResponses: true
                  Identity: { Headers: [X-Key], ReauthorizeEvery: 30 }
                Other:
                  FunctionArn: !GetAtt GuardFunction.Arn
                  AuthorizerPayloadFormatVersion: "2.0"
                  EnableSimpleResponses: true
                  Identity: { Headers: [X-Other], ReauthorizeEvery: 0 }
        GuardFunction:
          Type: AWS::Serverless::Function
          Properties: { Handler: com.example.Guard::handleRequest }
        Worker:
          Type: AWS::Serverless::Function
          Properties:
            Handler: com.example.Worker::handleRequest
            Events:
              A: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: /a } }
              B:
                Type: HttpApi
                Properties: { ApiId: !Ref Api, Method: GET, Path: /b, Auth: { Authorizer: NONE } }
              C:
                Type: HttpApi
                Properties: { ApiId: !Ref Api, Method: GET, Path: /c, Auth: { Authorizer: Other } }
      """;

  @Test
  void shouldReadWhoDecidesAboutTheCallsOfARoute() throws IOException {
    Template template = read(GUARDED, Map.of());

    assertThat(template.functions())
        .flatExtracting(Function::routes)
        .containsExactlyInAnyOrder(
            new Route(
                "GET",
                "/a",
                Optional.of(new Authorizer("GuardFunction", "x-key", Duration.ofSeconds(30)))),
            new Route("GET", "/b"),
            new Route(
                "GET",
                "/c",
                Optional.of(new Authorizer("GuardFunction", "x-other", Duration.ZERO))));
  }

  @Test
  void shouldRefuseAnAuthorizerThatItCannotPlay() {
    assertUnplayable("DefaultAuthorizer: Guard", "DefaultAuthorizer: AWS_IAM")
        .hasMessage("Worker.A: there is no authorizer AWS_IAM");
    assertUnplayable("EnableSimpleResponses: true", "EnableSimpleResponses: false")
        .hasMessage("authorizer Guard: only format 2.0 with simple responses is known");
    assertUnplayable("Headers: [X-Key]", "Headers: [X-Key, X-More]")
        .hasMessage("authorizer Guard: only one header as identity source is known");
    assertUnplayable("!GetAtt GuardFunction.Arn", "!GetAtt Api.Arn")
        .hasMessageStartingWith(
            "authorizer Guard: expected !GetAtt of a function's Arn or !Ref of its Alias");
    assertUnplayable("ApiId: !Ref Api", "ApiId: !Ref Worker")
        .hasMessageStartingWith("Worker.A: expected !Ref of an HttpApi");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertUnplayable(
      String written, String wrong) {
    return assertThatThrownBy(() -> read(GUARDED.replace(written, wrong), Map.of()))
        .isInstanceOf(TemplateException.class);
  }

  @Test
  void shouldRefuseTheSameNameTwice() {
    assertThatThrownBy(() -> read("A: 1\nA: 2\n", Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("A is there twice");
  }
}
