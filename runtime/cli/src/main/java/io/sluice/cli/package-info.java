/** The {@code sluice} command: its verbs, their options, and how a call of it ends. */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
