package io.sluice.generator;

import io.sluice.sdk.error.Location;
import io.sluice.sdk.error.SluiceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a generator makes. Templates are described at {@link Template}.
 *
 * @param count records in all, over all partitions; endless if absent
 * @param rate records per second, over all partitions; as fast as they are taken if absent
 * @param partitions lanes over which records are dealt in turn
 * @param tags of which each record gets one; none if empty
 * @param keys template of the keys
 * @param body template of the body
 * @param size length of random bodies, in bytes, if there is no template
 * @param properties templates of the user properties
 * @param topic topic that the records show
 * @param seed from which everything random follows
 * @param onRestart what to do when the flow starts again
 */
public record GeneratorConfiguration(
    Optional<Long> count,
    Optional<Double> rate,
    int partitions,
    List<String> tags,
    Optional<String> keys,
    Optional<String> body,
    Optional<Integer> size,
    Map<String, String> properties,
    String topic,
    long seed,
    OnRestart onRestart) {

  /** Size of bodies where neither a template nor a size is given. */
  static final int DEFAULT_SIZE = 1024;

  /** What a generator does when its flow starts again. */
  public enum OnRestart {
    /** It goes on after the last record that is done. */
    RESUME,
    /** It makes all records once more, at new positions. */
    REPEAT
  }

  /**
   * Checks what the schema cannot.
   *
   * @throws SluiceException {@code generator.bad-template}, {@code generator.two-bodies}
   */
  public GeneratorConfiguration {
    if (count.orElse(1L) < 1 || rate.orElse(1.0) <= 0 || partitions < 1 || size.orElse(0) < 0) {
      throw new IllegalArgumentException("count, rate and partitions are at least 1, size 0");
    }
    if (body.isPresent() && size.isPresent()) {
      throw new SluiceException(
          GeneratorError.TWO_BODIES, "'body' and 'size' are both given", Location.NONE);
    }
    tags = List.copyOf(tags);
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    keys.ifPresent(Template::parse);
    body.ifPresent(Template::parse);
    properties.values().forEach(Template::parse);
  }
}
