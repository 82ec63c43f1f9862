package io.sluice.flows.binding;

import io.sluice.sdk.instance.Instance;
import java.util.List;

/**
 * An instance with the place of its name.
 *
 * @param peeredRegions other regions whose private networks are connected with its own
 */
public record BoundInstance(Instance instance, Mention name, List<String> peeredRegions) {}
