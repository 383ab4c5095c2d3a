/** The goods that are sold. */
@NullMarked
package kassa.domain.catalogue;

import org.jspecify.annotations.NullMarked;
