/** Reads and writes JSON, and parses enum words and money amounts. */
@NullMarked
package kassa.adapters.http.json;

import org.jspecify.annotations.NullMarked;
