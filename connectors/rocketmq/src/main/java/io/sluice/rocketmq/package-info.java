/** The connector for RocketMQ instances: 4.x, 5.x and self-hosted, by remoting or gRPC. */
@NullMarked
package io.sluice.rocketmq;

import org.jspecify.annotations.NullMarked;
