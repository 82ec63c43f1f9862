/** What can go wrong in the engine and its store. */
@NullMarked
package io.sluice.engine.error;

import org.jspecify.annotations.NullMarked;
