/**
 * Driving ports of orders: placing, batches, status changes, refunds, search and the import of
 * historical orders.
 */
@NullMarked
package kassa.application.port.in.order;

import org.jspecify.annotations.NullMarked;
