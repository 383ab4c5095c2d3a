/** Services and permission decorators of orders. */
@NullMarked
package kassa.application.internal.order;

import org.jspecify.annotations.NullMarked;
