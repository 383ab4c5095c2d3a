/** Reads and deletes events. */
@NullMarked
package kassa.adapters.persistence.event.log;

import org.jspecify.annotations.NullMarked;
