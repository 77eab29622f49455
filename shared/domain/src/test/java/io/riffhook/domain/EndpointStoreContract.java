package io.riffhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link EndpointStore} must do. */
public abstract class EndpointStoreContract {
  /** A moment with all nine digits, which a store must keep. */
  private static final Instant T0 = Instant.parse("2026-11-21T02:25:14.123456789Z");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final WebhookSecret NEWEST = WebhookSecret.generate(RANDOM);
  private static final WebhookSecret OTHER = WebhookSecret.generate(RANDOM);
  private static final WebhookSecret NEXT = WebhookSecret.generate(RANDOM);
  private static final Endpoint.Disabled DISABLED =
      new Endpoint.Disabled(T0.plusSeconds(5), Reasons.endpointGone());

  private final Owner owner = new Owner("owner-" + UUID.randomUUID());
  private final Owner other = new Owner("other-" + UUID.randomUUID());

  /** The store under test. Other tests may have written into it. */
  protected abstract EndpointStore store();

  private Endpoint fresh() {
    return endpoint(
        EndpointId.generate(RANDOM), List.of(NEWEST), Optional.empty(), Optional.empty());
  }

  private Endpoint endpoint(
      EndpointId id,
      List<WebhookSecret> secrets,
      Optional<Endpoint.Disabled> disabled,
      Optional<Instant> failingSince) {
    return new Endpoint(
        id,
        owner,
        Optional.of(URI.create("https://shop.example/hooks?a=b%20c#d")),
        Optional.of("the shop’s, “店”"),
        Set.of(EventType.JOB_READY, EventType.ENDPOINT_DISABLED),
        true,
        secrets,
        T0,
        disabled,
        failingSince);
  }

  private Endpoint ofJob(JobId job) {
    return new Endpoint(
        EndpointId.ofJob(job),
        owner,
        Optional.of(URI.create("https://shop.example/job")),
        Optional.empty(),
        Set.of(EventType.JOB_READY),
        false,
        List.of(),
        T0,
        Optional.empty(),
        Optional.empty());
  }

  /** Endpoints on both sides of every guard. */
  private List<Endpoint> shapes() {
    return List.of(
        fresh(),
        endpoint(
            EndpointId.generate(RANDOM),
            List.of(OTHER, NEWEST.until(T0.plusSeconds(60))),
            Optional.of(DISABLED),
            Optional.of(T0.plusSeconds(1))),
        endpoint(
            EndpointId.generate(RANDOM),
            List.of(NEWEST, OTHER.until(T0), NEXT.until(T0.plusNanos(1))),
            Optional.empty(),
            Optional.of(T0.plusSeconds(1))),
        Endpoint.signer(owner, NEWEST, T0),
        ofJob(new JobId(UUID.randomUUID().toString())));
  }

  private static List<EndpointChange> changes() {
    return List.of(
        new EndpointChange.Edited(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        new EndpointChange.Edited(
            Optional.of(URI.create("https://shop.example/other")),
            Optional.of(new EndpointChange.Label(Optional.of("another"))),
            Optional.of(Set.of(EventType.SONG_STORED)),
            Optional.of(false)),
        new EndpointChange.Edited(
            Optional.empty(),
            Optional.of(new EndpointChange.Label(Optional.empty())),
            Optional.of(EventType.DEFAULT),
            Optional.of(true)),
        new EndpointChange.Rotated(NEXT, NEWEST, T0.plusSeconds(86_400)),
        new EndpointChange.Rotated(NEXT, OTHER, T0),
        new EndpointChange.Failing(T0.plusSeconds(9)),
        new EndpointChange.Working(),
        new EndpointChange.Disabling(
            new Endpoint.Disabled(T0.plusSeconds(9), Reasons.endpointFailing())));
  }

  @Test
  void shouldFindAnEndpointAsItWasWritten() {
    for (Endpoint endpoint : shapes()) {
      assertThat(store().insert(endpoint)).isTrue();
      assertThat(store().find(owner, endpoint.id())).contains(endpoint);
    }
  }

  @Test
  void shouldNotWriteOverAnEndpoint() {
    for (Endpoint endpoint : List.of(fresh(), ofJob(new JobId(UUID.randomUUID().toString())))) {
      store().insert(endpoint);
      Endpoint changed =
          EndpointChange.apply(endpoint, new EndpointChange.Failing(T0)).orElseThrow();
      assertThat(store().insert(changed)).isFalse();
      assertThat(store().find(owner, endpoint.id())).contains(endpoint);
    }
  }

  @Test
  void shouldNotShowOneOwnerWhatIsAnothers() {
    for (Endpoint endpoint : shapes()) {
      store().insert(endpoint);
      assertThat(store().find(other, endpoint.id())).isEmpty();
      for (EndpointChange change : changes()) {
        assertThat(store().apply(other, endpoint.id(), change)).as("%s", change).isEmpty();
      }
      assertThat(store().delete(other, endpoint.id())).isFalse();
      assertThat(store().find(owner, endpoint.id())).contains(endpoint);
    }
    assertThat(store().ofOwner(other)).isEmpty();
  }

  @Test
  void shouldKnowNothingOfAnEndpointThatIsNotThere() {
    EndpointId id = EndpointId.generate(RANDOM);
    assertThat(store().find(owner, id)).isEmpty();
    for (EndpointChange change : changes()) {
      assertThat(store().apply(owner, id, change)).as("%s", change).isEmpty();
    }
    assertThat(store().delete(owner, id)).isFalse();
    assertThat(store().find(owner, id)).isEmpty();
    assertThat(store().ofOwner(owner)).isEmpty();
  }

  @Test
  void shouldTestEveryKindOfChange() {
    assertThat(changes().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(EndpointChange.class.getPermittedSubclasses());
  }

  @Test
  void shouldApplyEveryChangeOnBothSidesOfItsGuard() {
    for (EndpointChange change : changes()) {
      for (Endpoint shape : shapes()) {
        store().delete(owner, shape.id());
        store().insert(shape);
        Optional<Endpoint> expected = EndpointChange.apply(shape, change);
        assertThat(store().apply(owner, shape.id(), change))
            .as("%s on %s", change, shape)
            .isEqualTo(expected);
        assertThat(store().find(owner, shape.id())).contains(expected.orElse(shape));
      }
    }
  }

  @Test
  void shouldListAnOwnersEndpointsOldestFirstAndNoneOfAJob() {
    Endpoint second = fresh();
    Endpoint first = at(fresh(), T0.minusNanos(1));
    Endpoint signer = Endpoint.signer(owner, NEWEST, T0.plusSeconds(1));
    List.of(second, ofJob(new JobId(UUID.randomUUID().toString())), signer, first)
        .forEach(store()::insert);
    assertThat(store().ofOwner(owner)).containsExactly(first, second, signer);
  }

  private static Endpoint at(Endpoint endpoint, Instant createdAt) {
    return new Endpoint(
        endpoint.id(),
        endpoint.owner(),
        endpoint.url(),
        endpoint.label(),
        endpoint.types(),
        endpoint.links(),
        endpoint.secrets(),
        createdAt,
        endpoint.disabled(),
        endpoint.failingSince());
  }

  @Test
  void shouldListAsManyAsAnOwnerCanHaveHoweverLongTheyAre() {
    for (int i = 0; i < Endpoint.MAX; i++) {
      Endpoint endpoint = fresh();
      store().insert(endpoint);
      store()
          .apply(
              owner,
              endpoint.id(),
              new EndpointChange.Edited(
                  Optional.of(URI.create("https://shop.example/" + "x".repeat(2_000))),
                  Optional.of(new EndpointChange.Label(Optional.of("店".repeat(100)))),
                  Optional.of(Collections.unmodifiableSet(EnumSet.allOf(EventType.class))),
                  Optional.empty()));
    }
    assertThat(store().ofOwner(owner)).hasSize(Endpoint.MAX);
  }

  @Test
  void shouldForgetAnEndpoint() {
    Endpoint endpoint = fresh();
    Endpoint ofJob = ofJob(new JobId(UUID.randomUUID().toString()));
    for (Endpoint each : List.of(endpoint, ofJob)) {
      store().insert(each);
      assertThat(store().delete(owner, each.id())).isTrue();
      assertThat(store().find(owner, each.id())).isEmpty();
      assertThat(store().delete(owner, each.id())).isFalse();
    }
    assertThat(store().ofOwner(owner)).isEmpty();
  }

  @Test
  void shouldRotateOnceHoweverManyDoAtOnce() throws Exception {
    Endpoint endpoint = fresh();
    store().insert(endpoint);
    List<WebhookSecret> made =
        Arrays.asList(
            WebhookSecret.generate(RANDOM),
            WebhookSecret.generate(RANDOM),
            WebhookSecret.generate(RANDOM));
    List<Optional<Endpoint>> results =
        Race.of(
            made.size(),
            i ->
                store()
                    .apply(
                        owner, endpoint.id(), new EndpointChange.Rotated(made.get(i), NEWEST, T0)));
    List<Endpoint> done = results.stream().flatMap(Optional::stream).toList();
    assertThat(done).hasSize(1);
    assertThat(store().find(owner, endpoint.id())).contains(done.getFirst());
    assertThat(done.getFirst().secrets()).hasSize(2).contains(NEWEST.until(T0));
  }

  @Test
  void shouldNotTellASecretInWords() {
    Endpoint endpoint = fresh();
    assertThat(endpoint.toString()).doesNotContain(NEWEST.value());
    assertThat(new EndpointChange.Rotated(NEXT, NEWEST, T0).toString())
        .doesNotContain(NEWEST.value())
        .doesNotContain(NEXT.value());
  }
}
