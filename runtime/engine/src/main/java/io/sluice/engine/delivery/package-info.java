/** How one batch gets to the target, whatever the target answers. */
@NullMarked
package io.sluice.engine.delivery;

import org.jspecify.annotations.NullMarked;
