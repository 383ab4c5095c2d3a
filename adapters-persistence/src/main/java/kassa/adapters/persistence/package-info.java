/** Entry point of the persistence adapter: {@link Persistence} creates the stores. */
@NullMarked
package kassa.adapters.persistence;

import org.jspecify.annotations.NullMarked;
