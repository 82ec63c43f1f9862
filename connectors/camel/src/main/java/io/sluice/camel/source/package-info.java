/** Endpoints as sources: an exchange is complete when its records are done. */
@NullMarked
package io.sluice.camel.source;

import org.jspecify.annotations.NullMarked;
