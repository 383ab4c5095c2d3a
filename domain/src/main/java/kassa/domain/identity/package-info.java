/** How things are named to the outside: prefixed, sortable ids. */
@NullMarked
package kassa.domain.identity;

import org.jspecify.annotations.NullMarked;
