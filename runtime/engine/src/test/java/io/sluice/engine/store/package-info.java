@NullMarked
package io.sluice.engine.store;

import org.jspecify.annotations.NullMarked;
