package io.riffhook.api;

import io.riffhook.domain.Delivery;
import io.riffhook.domain.DeliveryId;
import io.riffhook.domain.DeliveryStore;
import io.riffhook.domain.Endpoint;
import io.riffhook.domain.EndpointId;
import io.riffhook.domain.Endpoints;
import io.riffhook.domain.FieldError;
import io.riffhook.domain.Owner;
import io.riffhook.domain.Page;
import io.riffhook.lambda.EndpointJson;
import io.riffhook.lambda.HttpRequest;
import io.riffhook.lambda.HttpResponse;
import io.riffhook.lambda.Paging;
import io.riffhook.lambda.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An owner's endpoints, and what they were told. */
final class EndpointRoutes {
  private static final int MAX_BODY = 16 * 1024;
  private static final String BAD_CURSOR = "is not one that a page of this listing gave";

  private final Endpoints endpoints;

  EndpointRoutes(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  HttpResponse create(Owner owner, HttpRequest request) {
    return read(
        request,
        EndpointJson::draft,
        draft ->
            answer(
                endpoints.create(owner, draft),
                made ->
                    HttpResponse.json(201, EndpointJson.withSecret(made))
                        .with("location", "/v1/endpoints/" + made.id())));
  }

  HttpResponse list(Owner owner) {
    return HttpResponse.json(200, EndpointJson.list(endpoints.list(owner)));
  }

  HttpResponse get(Owner owner, HttpRequest request) {
    return found(owner, request)
        .map(endpoint -> HttpResponse.json(200, EndpointJson.endpoint(endpoint)))
        .orElseGet(Problem::notFound);
  }

  HttpResponse secret(Owner owner, HttpRequest request) {
    return found(owner, request)
        .map(
            endpoint ->
                endpoint.secrets().isEmpty()
                    ? Problem.conflict(Endpoints.SIGNED_BY_DEFAULT)
                    : HttpResponse.json(200, EndpointJson.secret(endpoint)))
        .orElseGet(Problem::notFound);
  }

  HttpResponse edit(Owner owner, HttpRequest request) {
    return found(owner, request)
        .map(
            endpoint ->
                read(
                    request,
                    EndpointJson::patch,
                    patch ->
                        answer(
                            endpoints.edit(owner, endpoint.id(), patch),
                            edited -> HttpResponse.json(200, EndpointJson.endpoint(edited)))))
        .orElseGet(Problem::notFound);
  }

  HttpResponse delete(Owner owner, HttpRequest request) {
    return id(request)
        .map(id -> answer(endpoints.delete(owner, id), _ -> HttpResponse.empty(204)))
        .orElseGet(Problem::notFound);
  }

  HttpResponse rotate(Owner owner, HttpRequest request) {
    return found(owner, request)
        .map(
            endpoint ->
                read(
                    request,
                    EndpointJson::rotation,
                    keep ->
                        answer(
                            endpoints.rotate(owner, endpoint.id(), keep),
                            rotated -> HttpResponse.json(200, EndpointJson.withSecret(rotated)))))
        .orElseGet(Problem::notFound);
  }

  HttpResponse test(Owner owner, HttpRequest request) {
    return id(request).map(id -> answer(endpoints.test(owner, id))).orElseGet(Problem::notFound);
  }

  HttpResponse deliveries(Owner owner, HttpRequest request) {
    Optional<Endpoint> endpoint = found(owner, request);
    if (endpoint.isEmpty()) {
      return Problem.notFound();
    }
    List<String> names =
        request.parameter("state").map(text -> List.of(text.split(","))).orElse(List.of());
    List<Delivery.State> states =
        names.stream().flatMap(name -> Delivery.State.of(name).stream()).toList();
    if (states.size() < names.size()) {
      return Problem.badParameter("state", "must be one or more of " + Delivery.State.words());
    }
    Optional<Instant> since = request.parameter("since").flatMap(EndpointJson::time);
    if (since.isEmpty() && request.parameter("since").isPresent()) {
      return Problem.badParameter("since", EndpointJson.timeRule());
    }
    DeliveryStore.Filter filter = new DeliveryStore.Filter(states, since);
    return Paging.answer(
        request,
        "deliveries",
        page -> endpoints.deliveries(owner, endpoint.get().id(), filter, page),
        EndpointJson::delivery);
  }

  HttpResponse redeliver(Owner owner, HttpRequest request) {
    Optional<DeliveryId> delivery = DeliveryId.parse(request.variable("deliveryId"));
    return id(request)
        .filter(_ -> delivery.isPresent())
        .map(id -> answer(endpoints.redeliver(owner, id, delivery.orElseThrow())))
        .orElseGet(Problem::notFound);
  }

  HttpResponse redeliverMissed(Owner owner, HttpRequest request) {
    return found(owner, request)
        .map(
            endpoint ->
                read(request, EndpointJson::missed, missed -> missed(owner, endpoint.id(), missed)))
        .orElseGet(Problem::notFound);
  }

  private HttpResponse missed(Owner owner, EndpointId id, EndpointJson.Missed missed) {
    try {
      return switch (endpoints.redeliver(owner, id, missed.filter(), missed.cursor())) {
        case Endpoints.Missed.Sent sent -> HttpResponse.json(202, EndpointJson.sent(sent));
        case Endpoints.Missed.NotThere _ -> Problem.notFound();
        case Endpoints.Missed.Refused refused -> Problem.conflict(refused.why());
      };
    } catch (Page.BadCursorException _) {
      return Problem.invalid(List.of(new FieldError("/cursor", BAD_CURSOR)));
    }
  }

  /** Reads a body. Whose endpoint it is for has been seen to, so that it tells nobody of it. */
  private static <T> HttpResponse read(
      HttpRequest request,
      Function<byte[], EndpointJson.Result<T>> reader,
      Function<T, HttpResponse> use) {
    if (request.body().length > MAX_BODY) {
      return Problem.tooLarge(MAX_BODY);
    }
    return switch (reader.apply(request.body())) {
      case EndpointJson.Result.Good<T> good -> use.apply(good.value());
      case EndpointJson.Result.Malformed<T> malformed ->
          Problem.malformed(malformed.detail(), malformed.errors());
      case EndpointJson.Result.Bad<T> bad -> Problem.invalid(bad.errors());
    };
  }

  private static HttpResponse answer(
      Endpoints.Outcome outcome, Function<Endpoint, HttpResponse> done) {
    return switch (outcome) {
      case Endpoints.Outcome.Done is -> done.apply(is.endpoint());
      case Endpoints.Outcome.NotThere _ -> Problem.notFound();
      case Endpoints.Outcome.BadUrl bad ->
          Problem.invalid(List.of(new FieldError("/url", bad.why())));
      case Endpoints.Outcome.Refused refused -> Problem.conflict(refused.why());
    };
  }

  private static HttpResponse answer(Endpoints.Telling telling) {
    return switch (telling) {
      case Endpoints.Telling.Sent sent ->
          HttpResponse.json(202, EndpointJson.delivery(sent.delivery()));
      case Endpoints.Telling.NotThere _ -> Problem.notFound();
      case Endpoints.Telling.Refused refused -> Problem.conflict(refused.why());
    };
  }

  private Optional<Endpoint> found(Owner owner, HttpRequest request) {
    return id(request).flatMap(id -> endpoints.find(owner, id));
  }

  private static Optional<EndpointId> id(HttpRequest request) {
    return Optional.of(request.variable("id")).filter(EndpointId::isValid).map(EndpointId::new);
  }
}
