package io.sluice.sdk.connector;

import java.util.Optional;

/**
 * What a sink writes, as far as checks across flows need it.
 *
 * @param instance name of the instance, if it writes one
 * @param topic what it writes there; {@link #EACH_ITS_OWN} if every record says its own topic
 * @param cutsLoops whether records that have been there before are recognised and left out
 */
public record SinkDescription(Optional<String> instance, String topic, boolean cutsLoops) {
  /** Stands for the topic of a sink that writes each record to the topic that the record names. */
  public static final String EACH_ITS_OWN = "*";
}
