/** What was sold, and the periods that it is told for. */
@NullMarked
package kassa.domain.sales;

import org.jspecify.annotations.NullMarked;
