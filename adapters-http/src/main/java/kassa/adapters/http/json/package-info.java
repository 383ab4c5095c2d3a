/** JSON in and out, and the collecting of what is wrong with it. */
@NullMarked
package kassa.adapters.http.json;

import org.jspecify.annotations.NullMarked;
