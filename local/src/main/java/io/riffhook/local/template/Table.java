package io.riffhook.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table, by its name in the template; attribute types by attribute name. */
public record Table(
    String name,
    Map<String, String> attributeTypes,
    Key key,
    List<Index> indexes,
    Optional<String> timeToLiveAttribute) {

  public Table {
    attributeTypes = Map.copyOf(attributeTypes);
    indexes = List.copyOf(indexes);
  }

  /** Attribute names of a primary key. */
  public record Key(String partition, Optional<String> sort) {}

  /** A global secondary index. */
  public record Index(String name, Key key, String projection) {}
}
