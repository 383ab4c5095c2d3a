/** Shared types of the domain: validation of values and texts, and typed ids. */
@NullMarked
package kassa.domain;

import org.jspecify.annotations.NullMarked;
