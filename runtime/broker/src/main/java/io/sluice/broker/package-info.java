/** The integrated broker: a real RocketMQ name server and broker inside this process. */
@NullMarked
package io.sluice.broker;

import org.jspecify.annotations.NullMarked;
