/** The use-cases themselves; nobody outside this module sees them. */
@NullMarked
package kassa.application.internal;

import org.jspecify.annotations.NullMarked;
