/** Events of CloudEvents 1.0, and how programs put them on a bus. */
@NullMarked
package io.sluice.sdk.event;

import org.jspecify.annotations.NullMarked;
