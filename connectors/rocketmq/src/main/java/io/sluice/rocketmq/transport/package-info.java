/** How connections to name servers and brokers come about: in plaintext, or with TLS. */
@NullMarked
package io.sluice.rocketmq.transport;

import org.jspecify.annotations.NullMarked;
