/** Products of the catalogue and their bulk import: handlers and messages. */
@NullMarked
package kassa.adapters.http.catalogue;

import org.jspecify.annotations.NullMarked;
