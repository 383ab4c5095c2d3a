/**
 * The mutable ledger of one pricing run: remaining amounts per line, split units and discount
 * entries.
 */
@NullMarked
package kassa.domain.pricing.engine.ledger;

import org.jspecify.annotations.NullMarked;
