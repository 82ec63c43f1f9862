/**
 * A source that makes its records up: for samples, demonstrations and load, without any network.
 */
@NullMarked
package io.sluice.generator;

import org.jspecify.annotations.NullMarked;
