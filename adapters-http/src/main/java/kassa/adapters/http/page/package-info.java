/** Pages of lists: keyset pagination with signed cursors. */
@NullMarked
package kassa.adapters.http.page;

import org.jspecify.annotations.NullMarked;
