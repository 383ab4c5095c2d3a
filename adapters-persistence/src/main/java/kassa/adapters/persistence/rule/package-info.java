/**
 * Rule store: discount rules with their versions and definitions, and the codes that activate them.
 */
@NullMarked
package kassa.adapters.persistence.rule;

import org.jspecify.annotations.NullMarked;
