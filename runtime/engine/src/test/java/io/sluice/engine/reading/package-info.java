@NullMarked
package io.sluice.engine.reading;

import org.jspecify.annotations.NullMarked;
