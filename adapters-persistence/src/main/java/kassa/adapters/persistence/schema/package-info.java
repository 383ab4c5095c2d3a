/**
 * Database schema: migrations, schema version, shared keys, the health probe and deferred indexes
 * for bulk loads.
 */
@NullMarked
package kassa.adapters.persistence.schema;

import org.jspecify.annotations.NullMarked;
