/** Reads topics by gRPC. */
@NullMarked
package io.sluice.rocketmq.grpc.source;

import org.jspecify.annotations.NullMarked;
