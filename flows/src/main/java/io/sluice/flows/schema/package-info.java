/** The schema of flow files: its text, its reference, and the check of documents against it. */
@NullMarked
package io.sluice.flows.schema;

import org.jspecify.annotations.NullMarked;
