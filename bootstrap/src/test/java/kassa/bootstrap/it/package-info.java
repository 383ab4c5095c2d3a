/**
 * Integration tests that run the real launcher as a separate process, and their fixtures (tests
 * only).
 */
@NullMarked
package kassa.bootstrap.it;

import org.jspecify.annotations.NullMarked;
