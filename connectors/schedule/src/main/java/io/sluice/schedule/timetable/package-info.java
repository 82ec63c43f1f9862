/** When something is due: cron expressions with time zones, and fixed rates. */
@NullMarked
package io.sluice.schedule.timetable;

import org.jspecify.annotations.NullMarked;
