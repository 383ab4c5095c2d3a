/**
 * The pricing engine: selects the rules that apply to a cart, applies their effects and calculates
 * taxes and next-tier hints.
 */
@NullMarked
package kassa.domain.pricing.engine;

import org.jspecify.annotations.NullMarked;
