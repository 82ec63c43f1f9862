/** Proxies through which clients leave their network, in tests. */
@NullMarked
package io.sluice.testkit.egress;

import org.jspecify.annotations.NullMarked;
