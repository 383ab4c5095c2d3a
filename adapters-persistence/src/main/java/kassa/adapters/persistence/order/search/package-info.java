/** Order search: builds the SQL of a filtered, sorted and keyset-paginated page of orders. */
@NullMarked
package kassa.adapters.persistence.order.search;

import org.jspecify.annotations.NullMarked;
