package io.sluice.flows.binding;

import io.sluice.flows.model.BrokerSpec;
import io.sluice.sdk.error.Location.InFile;

/**
 * A broker with the places of what checks across documents speak of.
 *
 * @param dataDir where its data directory is given, or the document if it is not
 */
public record BoundBroker(
    BrokerSpec spec, Mention name, InFile metadataPort, InFile servicePort, InFile dataDir) {}
