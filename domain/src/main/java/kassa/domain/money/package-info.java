/** Exact amounts as scaled integers: money, unit prices, quantities and percentages. */
@NullMarked
package kassa.domain.money;

import org.jspecify.annotations.NullMarked;
