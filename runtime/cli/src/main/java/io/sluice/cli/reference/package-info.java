/** Documentation that is generated from the code: schema, flow reference, errors, command. */
@NullMarked
package io.sluice.cli.reference;

import org.jspecify.annotations.NullMarked;
