/** What the command prints: lines for people, JSON for programs, and the exit status for both. */
@NullMarked
package io.sluice.cli.output;

import org.jspecify.annotations.NullMarked;
