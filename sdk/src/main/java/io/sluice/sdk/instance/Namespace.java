package io.sluice.sdk.instance;

import java.util.Objects;

/**
 * The part of a cluster in which an instance's topics and groups have their names, where several
 * instances share one. Flow files, patterns and origins have the plain names.
 */
public sealed interface Namespace {

  /** What the cloud calls the instance, such as {@code MQ_INST_1234_ABC}. */
  String id();

  /** Names carry it on the wire: {@code ID%topic}, {@code %RETRY%ID%group}. */
  record Prefix(String id) implements Namespace {
    public Prefix {
      Objects.requireNonNull(id);
    }
  }

  /** Requests carry it beside plain names, as clients of 5.x do (namespace v2). */
  record Header(String id) implements Namespace {
    public Header {
      Objects.requireNonNull(id);
    }
  }
}
