/** Shared test fixtures: generated cases, property checks, rules, carts and assertions. */
@NullMarked
package kassa.domain.testing;

import org.jspecify.annotations.NullMarked;
