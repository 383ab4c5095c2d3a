/** In-memory implementations of the driven store ports, for tests that need no database. */
@NullMarked
package kassa.contract.memory;

import org.jspecify.annotations.NullMarked;
