/** The HTTP server: which call does what, and how it is answered. */
@NullMarked
package kassa.adapters.http;

import org.jspecify.annotations.NullMarked;
