/** What is wrong between this machine and an instance, found by checks one after the other. */
@NullMarked
package io.sluice.sdk.diagnosis;

import org.jspecify.annotations.NullMarked;
