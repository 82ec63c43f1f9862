/**
 * Loads files of flows: text in, a checked model and findings with places out. Pure: no network, no
 * threads.
 */
@NullMarked
package io.sluice.flows;

import org.jspecify.annotations.NullMarked;
