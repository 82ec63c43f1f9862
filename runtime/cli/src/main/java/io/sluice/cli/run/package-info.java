/** A run: data directory, integrated brokers, engine and flows, from start to the last summary. */
@NullMarked
package io.sluice.cli.run;

import org.jspecify.annotations.NullMarked;
