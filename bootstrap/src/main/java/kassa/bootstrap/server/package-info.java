/**
 * Wires adapters and use cases together and runs them: the server, its scheduled tasks, the first
 * admin and the local operator's token.
 */
@NullMarked
package kassa.bootstrap.server;

import org.jspecify.annotations.NullMarked;
