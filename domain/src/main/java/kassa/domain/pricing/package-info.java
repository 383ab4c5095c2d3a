/** Values of pricing: carts, requests, rule sets, quotes, discounts, taxes and refunds. */
@NullMarked
package kassa.domain.pricing;

import org.jspecify.annotations.NullMarked;
