/** What Sluice promises as a whole, tried on released servers, with real processes. */
@NullMarked
package io.sluice.acceptance;

import org.jspecify.annotations.NullMarked;
