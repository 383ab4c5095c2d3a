/**
 * Order store: reads and writes orders with their lines, discounts, history, refunds and pricing
 * traces.
 */
@NullMarked
package kassa.adapters.persistence.order;

import org.jspecify.annotations.NullMarked;
