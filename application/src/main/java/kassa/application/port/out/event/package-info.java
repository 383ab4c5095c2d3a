/** Driven port of events: the log of what changed. */
@NullMarked
package kassa.application.port.out.event;

import org.jspecify.annotations.NullMarked;
