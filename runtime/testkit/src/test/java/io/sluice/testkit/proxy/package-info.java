@NullMarked
package io.sluice.testkit.proxy;

import org.jspecify.annotations.NullMarked;
