/** What makes a call that is sent again do nothing again: its key, and the answer that is kept. */
@NullMarked
package kassa.application.idempotency;

import org.jspecify.annotations.NullMarked;
