/**
 * Database administration: the read-only SQL console, online backup, restore, and the offline
 * database.
 */
@NullMarked
package kassa.adapters.persistence.admin;

import org.jspecify.annotations.NullMarked;
