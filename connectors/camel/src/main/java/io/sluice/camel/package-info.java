/** The connector for endpoints of Apache Camel. */
@NullMarked
package io.sluice.camel;

import org.jspecify.annotations.NullMarked;
