/** Use cases of events. */
@NullMarked
package kassa.application.internal.event;

import org.jspecify.annotations.NullMarked;
