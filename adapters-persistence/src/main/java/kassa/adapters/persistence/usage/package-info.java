/** Usage of rule limits: counters, limit reservations and redemption statistics. */
@NullMarked
package kassa.adapters.persistence.usage;

import org.jspecify.annotations.NullMarked;
