/** What flow files say, checked and bound: instances, brokers and flows. Immutable. */
@NullMarked
package io.sluice.flows.model;

import org.jspecify.annotations.NullMarked;
