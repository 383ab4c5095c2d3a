/** Idempotent import of order files into a server: repeated imports place each order once. */
@NullMarked
package kassa.client;

import org.jspecify.annotations.NullMarked;
