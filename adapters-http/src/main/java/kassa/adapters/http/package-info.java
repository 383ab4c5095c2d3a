/** HTTP server of the REST API: configuration, start and graceful shutdown. */
@NullMarked
package kassa.adapters.http;

import org.jspecify.annotations.NullMarked;
