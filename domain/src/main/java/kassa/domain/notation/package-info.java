/** How things are written down: trees of names and values, and what is wrong with them. */
@NullMarked
package kassa.domain.notation;

import org.jspecify.annotations.NullMarked;
