/** YAML and JSON files as one kind of tree, in which every node and key knows its place. */
@NullMarked
package io.sluice.flows.document;

import org.jspecify.annotations.NullMarked;
