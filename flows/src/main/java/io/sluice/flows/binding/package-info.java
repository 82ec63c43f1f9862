/** Checked documents bound to the model. */
@NullMarked
package io.sluice.flows.binding;

import org.jspecify.annotations.NullMarked;
