/** What a shop has sold: an order, its price frozen at the moment it was placed. */
@NullMarked
package kassa.domain.order;

import org.jspecify.annotations.NullMarked;
