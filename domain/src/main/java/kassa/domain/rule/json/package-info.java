/** Readers of rule definitions and pricing policies from JSON. */
@NullMarked
package kassa.domain.rule.json;

import org.jspecify.annotations.NullMarked;
