/** Rule effects: selects the units of an effect and applies its discount to the ledger. */
@NullMarked
package kassa.domain.pricing.engine.effect;

import org.jspecify.annotations.NullMarked;
