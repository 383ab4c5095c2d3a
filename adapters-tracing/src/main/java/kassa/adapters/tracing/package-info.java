/** Tracing adapter: spans of requests and of their steps. */
@NullMarked
package kassa.adapters.tracing;

import org.jspecify.annotations.NullMarked;
