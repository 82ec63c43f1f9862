/** Faults that strike a mirror under load, and what must hold then: docs/fault-campaign.md. */
@NullMarked
package io.sluice.acceptance.campaign;

import org.jspecify.annotations.NullMarked;
