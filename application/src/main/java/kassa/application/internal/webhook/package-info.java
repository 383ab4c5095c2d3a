/** Use cases of webhooks, and the engine that delivers events. */
@NullMarked
package kassa.application.internal.webhook;

import org.jspecify.annotations.NullMarked;
