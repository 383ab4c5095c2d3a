/** Composition root of the use cases: creates them from the driven ports. */
@NullMarked
package kassa.application;

import org.jspecify.annotations.NullMarked;
