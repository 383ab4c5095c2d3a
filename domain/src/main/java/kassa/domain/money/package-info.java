/** Exact amounts: money, unit prices, quantities and percentages, in integers throughout. */
@NullMarked
package kassa.domain.money;

import org.jspecify.annotations.NullMarked;
