/**
 * What a connector brings: configuration, schema and factories, found with {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package io.sluice.sdk.connector;

import org.jspecify.annotations.NullMarked;
