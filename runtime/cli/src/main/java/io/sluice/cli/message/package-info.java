/** Single messages, sent to an instance or read from it without a flow. */
@NullMarked
package io.sluice.cli.message;

import org.jspecify.annotations.NullMarked;
