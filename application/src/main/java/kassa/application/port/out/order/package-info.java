/** Driven ports of orders: the order store. */
@NullMarked
package kassa.application.port.out.order;

import org.jspecify.annotations.NullMarked;
