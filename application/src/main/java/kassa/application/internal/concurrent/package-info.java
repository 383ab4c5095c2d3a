/** Bounded concurrency with a deadline; the only package that starts threads. */
@NullMarked
package kassa.application.internal.concurrent;

import org.jspecify.annotations.NullMarked;
