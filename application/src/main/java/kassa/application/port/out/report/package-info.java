/** Driven ports of sales reports: the aggregated sales. */
@NullMarked
package kassa.application.port.out.report;

import org.jspecify.annotations.NullMarked;
