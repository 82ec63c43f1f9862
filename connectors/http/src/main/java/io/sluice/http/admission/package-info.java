/** Whose requests are taken. */
@NullMarked
package io.sluice.http.admission;

import org.jspecify.annotations.NullMarked;
