/** Runs each example and looks at what it leaves. */
@NullMarked
package io.sluice.examples;

import org.jspecify.annotations.NullMarked;
