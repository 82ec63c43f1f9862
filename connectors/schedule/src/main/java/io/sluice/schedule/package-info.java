/** The connector {@code schedule}: events at the times of a cron expression or a rate. */
@NullMarked
package io.sluice.schedule;

import org.jspecify.annotations.NullMarked;
