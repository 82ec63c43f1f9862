/** Which messages brokers let through. */
@NullMarked
package io.sluice.rocketmq.filter;

import org.jspecify.annotations.NullMarked;
