/** Events: what changed, in the order in which it can be read, with the changed thing. */
@NullMarked
package kassa.domain.event;

import org.jspecify.annotations.NullMarked;
