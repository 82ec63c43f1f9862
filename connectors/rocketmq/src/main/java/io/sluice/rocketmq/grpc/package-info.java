/** Calls to the proxies of 5.x, by gRPC. */
@NullMarked
package io.sluice.rocketmq.grpc;

import org.jspecify.annotations.NullMarked;
