/** Programs that use RocketMQ's released remoting clients, on the class paths of these. */
@NullMarked
package io.sluice.testkit.official;

import org.jspecify.annotations.NullMarked;
