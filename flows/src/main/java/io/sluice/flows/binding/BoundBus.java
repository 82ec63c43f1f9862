package io.sluice.flows.binding;

import io.sluice.flows.model.EventBus;
import java.util.List;

/**
 * A bus with the flows that it is made of, and with the places of what checks across documents
 * speak of.
 */
public record BoundBus(EventBus bus, Mention name, Mention instance, List<BoundFlow> flows) {}
