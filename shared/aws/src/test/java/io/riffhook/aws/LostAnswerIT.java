package io.riffhook.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffhook.domain.Job;
import io.riffhook.domain.JobCases;
import io.riffhook.domain.JobChange;
import io.riffhook.domain.JobStore;
import io.riffhook.domain.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@DisplayName("A write whose answer is lost, and that the SDK sends again")
final class LostAnswerIT {
  private static final Owner OWNER = new Owner("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final TestAws aws = TestAws.get();
  private final Loss loss = new Loss();
  private final JobStore lossy = new DynamoDbJobStore(client(), aws.table());
  private final JobStore jobs = new DynamoDbJobStore(aws.dynamoDb(), aws.table());

  private DynamoDbClient client() {
    var builder =
        new AwsClients(aws.environment())
            .configure(DynamoDbClient.builder(), "DYNAMODB", Duration.ofSeconds(5));
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder().addExecutionInterceptor(loss).build());
    return builder.build();
  }

  /** Loses the first answer of each call, when told to. */
  private static final class Loss implements ExecutionInterceptor {
    private final AtomicInteger left = new AtomicInteger();

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes values) {
      if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
        throw RetryableException.create("the answer was lost");
      }
    }
  }

  @Test
  void shouldHaveInsertedTheJob() {
    Job job = JobCases.fresh(OWNER, NOW);
    loss.left.set(1);
    assertThat(lossy.insert(job)).isTrue();
    assertThat(loss.left).hasValue(0);
    assertThat(jobs.find(job.id())).contains(job);
    assertThat(lossy.insert(job)).as("another's of the same job").isFalse();
  }

  @Test
  void shouldHaveMadeTheChange() {
    Job job = JobCases.fresh(OWNER, NOW);
    jobs.insert(job);
    JobChange.Woken change = new JobChange.Woken(1, "p1");
    loss.left.set(1);
    assertThat(lossy.apply(job.id(), change, NOW))
        .hasValueSatisfying(after -> assertThat(after.woken()).containsExactly("p1"))
        .isEqualTo(jobs.find(job.id()));
    assertThat(lossy.apply(job.id(), change, NOW)).as("a repeat of it").isEmpty();
  }
}
