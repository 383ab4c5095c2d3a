/** JSON values as a tree, the reader of JSON objects, and the violations it collects. */
@NullMarked
package kassa.domain.json;

import org.jspecify.annotations.NullMarked;
