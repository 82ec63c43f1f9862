/** Every supported pair of instances, however they are to be reached, through the command. */
@NullMarked
package io.sluice.acceptance.matrix;

import org.jspecify.annotations.NullMarked;
