/**
 * Jetty handlers and customizers: load shedding, slow-connection timeouts, security headers, CORS,
 * forwarded headers, TLS and error responses.
 */
@NullMarked
package kassa.adapters.http.jetty;

import org.jspecify.annotations.NullMarked;
