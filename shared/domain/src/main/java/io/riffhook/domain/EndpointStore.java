package io.riffhook.domain;

import java.util.List;
import java.util.Optional;

/** Where endpoints are written down. Every method is one request to the store. */
public interface EndpointStore {
  /** Writes a new endpoint. False where there is one with its owner and id. */
  boolean insert(Endpoint endpoint);

  /** The endpoint, as last written. */
  Optional<Endpoint> find(Owner owner, EndpointId id);

  /**
   * An owner's endpoints, oldest first, with the default one if there is any, without those of
   * single jobs. As last written.
   */
  List<Endpoint> ofOwner(Owner owner);

  /** The endpoint after a change, or empty where it is not there or the guard does not hold. */
  Optional<Endpoint> apply(Owner owner, EndpointId id, EndpointChange change);

  /** Forgets an endpoint; false where there is none. */
  boolean delete(Owner owner, EndpointId id);
}
