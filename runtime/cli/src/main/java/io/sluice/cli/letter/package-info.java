/** Dead letters, looked at and sent again. */
@NullMarked
package io.sluice.cli.letter;

import org.jspecify.annotations.NullMarked;
