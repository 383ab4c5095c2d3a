/** Tests of the documentation: links, names, reference tables, and examples run by a shell. */
@NullMarked
package kassa.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
