/** Services and permission decorators of quotes: resolves catalogue prices and prices carts. */
@NullMarked
package kassa.application.internal.pricing;

import org.jspecify.annotations.NullMarked;
