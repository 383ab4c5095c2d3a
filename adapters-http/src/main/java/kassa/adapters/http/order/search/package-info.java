/** Searching, listing and exporting orders and reading their history: handlers and messages. */
@NullMarked
package kassa.adapters.http.order.search;

import org.jspecify.annotations.NullMarked;
