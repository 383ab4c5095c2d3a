/** The memory that requests may use together. */
@NullMarked
package kassa.adapters.http.memory;

import org.jspecify.annotations.NullMarked;
