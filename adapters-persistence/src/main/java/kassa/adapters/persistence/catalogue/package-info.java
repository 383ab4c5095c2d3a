/** Product store: products of the catalogue with their tags. */
@NullMarked
package kassa.adapters.persistence.catalogue;

import org.jspecify.annotations.NullMarked;
