@NullMarked
package io.sluice.engine.error;

import org.jspecify.annotations.NullMarked;
