/**
 * JDBC foundation: database, SQL dialects, connection pool, group commit, transaction retry, SQL
 * exception translation and value conversion.
 */
@NullMarked
package kassa.adapters.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
