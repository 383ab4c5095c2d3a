/** Sales reports: aggregates orders by period, product, customer and rule. */
@NullMarked
package kassa.adapters.persistence.report;

import org.jspecify.annotations.NullMarked;
