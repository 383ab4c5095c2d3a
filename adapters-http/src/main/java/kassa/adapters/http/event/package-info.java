/** Events: pages and streams of them. */
@NullMarked
package kassa.adapters.http.event;

import org.jspecify.annotations.NullMarked;
