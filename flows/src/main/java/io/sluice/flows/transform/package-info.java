/** Transforms: how parts of a record are made anew from its event. */
@NullMarked
package io.sluice.flows.transform;

import org.jspecify.annotations.NullMarked;
