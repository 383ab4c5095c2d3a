/**
 * Usage limits of rules: redemptions, usage counters and the reservations an order makes against
 * limits.
 */
@NullMarked
package kassa.domain.usage;

import org.jspecify.annotations.NullMarked;
