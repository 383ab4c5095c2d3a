/** Services of the product catalogue. */
@NullMarked
package kassa.application.internal.catalogue;

import org.jspecify.annotations.NullMarked;
