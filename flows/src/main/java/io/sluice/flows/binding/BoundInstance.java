package io.sluice.flows.binding;

import io.sluice.sdk.instance.Instance;

/** An instance with the place of its name. */
public record BoundInstance(Instance instance, Mention name) {}
