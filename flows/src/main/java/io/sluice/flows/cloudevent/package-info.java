/** CloudEvents 1.0, and how RocketMQ messages carry them. */
@NullMarked
package io.sluice.flows.cloudevent;

import org.jspecify.annotations.NullMarked;
