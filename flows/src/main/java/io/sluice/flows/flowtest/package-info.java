/** Tests of flows: what becomes of a record is held against what its author expects. */
@NullMarked
package io.sluice.flows.flowtest;

import org.jspecify.annotations.NullMarked;
