package io.riffhook.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of template.yaml that keep the data: without one of them everything else works. */
class DataProtectionTest {
  private final Node.Fields resources =
      YamlNodes.read(Path.of("..", "template.yaml")).asFields().fields("Resources");

  DataProtectionTest() throws IOException {}

  private Node.Fields properties(String resource) {
    return resources.fields(resource).fields("Properties");
  }

  private Stream<Map.Entry<String, Node>> ofType(String type) {
    return resources.values().entrySet().stream()
        .filter(entry -> entry.getValue().asFields().find("Type").equals(text(type)));
  }

  private static Optional<Node> text(String value) {
    return Optional.of(new Node.Text(value));
  }

  @Test
  void shouldHoldEveryTableAndBucketToTheseRules() {
    assertThat(ofType("AWS::DynamoDB::Table")).extracting(Map.Entry::getKey).containsOnly("Table");
    assertThat(ofType("AWS::S3::Bucket")).extracting(Map.Entry::getKey).containsOnly("Bucket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Table", "Bucket"})
  void shouldKeepTheDataOfADeletedStack(String resource) {
    assertThat(resources.fields(resource).find("DeletionPolicy")).isEqualTo(text("Retain"));
    assertThat(resources.fields(resource).find("UpdateReplacePolicy")).isEqualTo(text("Retain"));
  }

  @Test
  void shouldRestoreTheTableToAnyPointInTime() {
    assertThat(
            properties("Table")
                .fields("PointInTimeRecoverySpecification")
                .find("PointInTimeRecoveryEnabled"))
        .isEqualTo(text("true"));
  }

  @Test
  void shouldEncryptTheTableWithAKeyOfTheAccount() {
    assertThat(properties("Table").fields("SSESpecification").find("SSEEnabled"))
        .isEqualTo(text("true"));
  }

  @Test
  void shouldBlockPublicAccessToTheBucket() {
    assertThat(properties("Bucket").fields("PublicAccessBlockConfiguration").values())
        .isEqualTo(
            Map.of(
                "BlockPublicAcls", new Node.Text("true"),
                "BlockPublicPolicy", new Node.Text("true"),
                "IgnorePublicAcls", new Node.Text("true"),
                "RestrictPublicBuckets", new Node.Text("true")));
  }

  @Test
  void shouldAcceptNoAccessControlListsOnTheBucket() {
    assertThat(
            properties("Bucket").fields("OwnershipControls").find("Rules").stream()
                .flatMap(Node::walk))
        .contains(new Node.Text("BucketOwnerEnforced"));
  }

  @Test
  void shouldEncryptTheBucket() {
    assertThat(
            properties("Bucket")
                .fields("BucketEncryption")
                .find("ServerSideEncryptionConfiguration")
                .stream()
                .flatMap(Node::walk))
        .contains(new Node.Text("AES256"));
  }

  @Test
  void shouldRefusePlainHttpToTheBucket() {
    Node.Fields statement =
        properties("BucketPolicy")
            .fields("PolicyDocument")
            .find("Statement")
            .orElseThrow()
            .asItems()
            .getFirst()
            .asFields();
    assertThat(properties("BucketPolicy").find("Bucket"))
        .contains(new Node.Call("Ref", new Node.Text("Bucket")));
    assertThat(statement.find("Effect")).isEqualTo(text("Deny"));
    assertThat(statement.find("Principal")).isEqualTo(text("*"));
    assertThat(statement.find("Action")).isEqualTo(text("s3:*"));
    assertThat(statement.find("Resource"))
        .contains(
            new Node.Items(
                List.of(
                    new Node.Call("GetAtt", new Node.Text("Bucket.Arn")),
                    new Node.Call("Sub", new Node.Text("${Bucket.Arn}/*")))));
    assertThat(statement.fields("Condition").fields("Bool").find("aws:SecureTransport"))
        .isEqualTo(text("false"));
  }

  @Test
  void shouldEncryptEveryQueue() {
    assertThat(ofType("AWS::SQS::Queue"))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            queue ->
                assertThat(properties(queue.getKey()).find("SqsManagedSseEnabled"))
                    .as(queue.getKey())
                    .isEqualTo(text("true")));
  }
}
