/** Errors as API: a stable code, a place and a way out. */
@NullMarked
package io.sluice.sdk.error;

import org.jspecify.annotations.NullMarked;
