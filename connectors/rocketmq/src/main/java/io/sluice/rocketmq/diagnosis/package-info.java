/** Checks of everything that lies between this machine and the topics of an instance. */
@NullMarked
package io.sluice.rocketmq.diagnosis;

import org.jspecify.annotations.NullMarked;
