/** The text of SQL statements. */
@NullMarked
package kassa.adapters.persistence.sql;

import org.jspecify.annotations.NullMarked;
