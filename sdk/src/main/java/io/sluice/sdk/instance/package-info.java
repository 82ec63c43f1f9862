/** RocketMQ clusters that flows read or write. */
@NullMarked
package io.sluice.sdk.instance;

import org.jspecify.annotations.NullMarked;
