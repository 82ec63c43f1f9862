/** Where checkpoints are kept, and how a broken store is told from a young one (I8). */
@NullMarked
package io.sluice.engine.store;

import org.jspecify.annotations.NullMarked;
