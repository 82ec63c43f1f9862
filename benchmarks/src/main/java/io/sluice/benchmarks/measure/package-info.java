/** What is read off a copier and its topics from outside. */
@NullMarked
package io.sluice.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
