@NullMarked
package io.sluice.engine.route;

import org.jspecify.annotations.NullMarked;
