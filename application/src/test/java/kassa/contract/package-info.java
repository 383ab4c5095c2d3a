/**
 * Store contracts: abstract tests that every implementation of a driven port has to pass, and their
 * runs with the in-memory stores.
 */
@NullMarked
package kassa.contract;

import org.jspecify.annotations.NullMarked;
