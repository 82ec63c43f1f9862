/** Results as tables, and the page that holds them. */
@NullMarked
package io.sluice.benchmarks.report;

import org.jspecify.annotations.NullMarked;
