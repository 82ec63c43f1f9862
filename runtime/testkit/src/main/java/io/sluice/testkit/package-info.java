/**
 * What tests use that need real RocketMQ: released servers in processes of their own, a load of
 * messages, and the comparison of a topic with its mirror. Nothing here shares code with the
 * connectors that it helps to test.
 */
@NullMarked
package io.sluice.testkit;

import org.jspecify.annotations.NullMarked;
