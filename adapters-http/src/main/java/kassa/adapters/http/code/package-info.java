/** Discount codes: issue, list and find; handlers and messages. */
@NullMarked
package kassa.adapters.http.code;

import org.jspecify.annotations.NullMarked;
