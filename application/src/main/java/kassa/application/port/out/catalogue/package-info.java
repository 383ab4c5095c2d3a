/** Driven ports of the product catalogue: the product store. */
@NullMarked
package kassa.application.port.out.catalogue;

import org.jspecify.annotations.NullMarked;
