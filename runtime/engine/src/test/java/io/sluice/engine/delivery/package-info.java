@NullMarked
package io.sluice.engine.delivery;

import org.jspecify.annotations.NullMarked;
