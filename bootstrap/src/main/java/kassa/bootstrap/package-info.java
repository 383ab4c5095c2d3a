/** Where Kassa is configured, put together and started. */
@NullMarked
package kassa.bootstrap;

import org.jspecify.annotations.NullMarked;
