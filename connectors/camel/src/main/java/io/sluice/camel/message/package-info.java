/** Records as messages of Camel, and messages of Camel as records. */
@NullMarked
package io.sluice.camel.message;

import org.jspecify.annotations.NullMarked;
