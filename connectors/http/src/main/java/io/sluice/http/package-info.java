/** The connector {@code http}: events that are brought by HTTP requests. */
@NullMarked
package io.sluice.http;

import org.jspecify.annotations.NullMarked;
