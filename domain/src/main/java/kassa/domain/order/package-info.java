/** Orders with the price at which they were placed: their lifecycle, history and refunds. */
@NullMarked
package kassa.domain.order;

import org.jspecify.annotations.NullMarked;
