/** Writes topics by gRPC. */
@NullMarked
package io.sluice.rocketmq.grpc.sink;

import org.jspecify.annotations.NullMarked;
