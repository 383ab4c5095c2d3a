/** Rule effects: selects the units an effect covers and applies its discount to the ledger. */
@NullMarked
package kassa.domain.pricing.engine.effect;

import org.jspecify.annotations.NullMarked;
