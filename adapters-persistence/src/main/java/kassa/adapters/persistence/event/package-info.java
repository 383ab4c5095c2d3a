/** Writes events, in the transactions of the changes. */
@NullMarked
package kassa.adapters.persistence.event;

import org.jspecify.annotations.NullMarked;
