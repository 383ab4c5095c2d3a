/** Who may do what: the guards in front of the use-cases. */
@NullMarked
package kassa.application.internal.access;

import org.jspecify.annotations.NullMarked;
