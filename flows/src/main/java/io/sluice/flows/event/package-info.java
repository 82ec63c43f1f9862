/** The event that rules and transforms see of a record: a CloudEvents envelope around a message. */
@NullMarked
package io.sluice.flows.event;

import org.jspecify.annotations.NullMarked;
