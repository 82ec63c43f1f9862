package io.sluice.sdk.connector;

import io.sluice.sdk.diagnosis.Examiner;
import java.util.Optional;

/**
 * A kind of system that flows read or write, found with {@link java.util.ServiceLoader}. Its name
 * is the key of the blocks {@code source: {NAME: {…}}} and {@code sink: {NAME: {…}}}.
 */
public interface Connector {

  /** Name in flow files: lower case. */
  String name();

  /** What it is, one sentence, for the reference documentation. */
  String summary();

  /** How to read from it, if it can be read. */
  Optional<SourceType<?>> source();

  /** How to write to it, if it can be written. */
  Optional<SinkType<?>> sink();

  /** How programs write topics of its instances, if they can. */
  default Optional<TopicWriter> topicWriter() {
    return Optional.empty();
  }

  /** How to find out what is wrong with the instances that it reads and writes, if it can. */
  default Optional<Examiner> examiner() {
    return Optional.empty();
  }
}
