/** Placeholders in values: variables of the environment and contents of files. */
@NullMarked
package io.sluice.flows.interpolation;

import org.jspecify.annotations.NullMarked;
