/**
 * Discount rules: create, replace, status changes, versions, usage and lint; handlers and messages.
 */
@NullMarked
package kassa.adapters.http.rule;

import org.jspecify.annotations.NullMarked;
