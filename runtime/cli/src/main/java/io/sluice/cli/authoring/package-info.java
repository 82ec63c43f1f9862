/**
 * What the command shows to authors of flows: results of tests, and why a record fares as it does.
 */
@NullMarked
package io.sluice.cli.authoring;

import org.jspecify.annotations.NullMarked;
