/** The product catalogue: products, skus and tags. */
@NullMarked
package kassa.domain.catalogue;

import org.jspecify.annotations.NullMarked;
