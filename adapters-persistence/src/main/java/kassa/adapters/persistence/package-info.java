/** Orders in H2 and PostgreSQL, by JDBI. */
@NullMarked
package kassa.adapters.persistence;

import org.jspecify.annotations.NullMarked;
