/** A connector whose sources and sinks behave as a test wants them to. */
@NullMarked
package io.sluice.cli.trial;

import org.jspecify.annotations.NullMarked;
