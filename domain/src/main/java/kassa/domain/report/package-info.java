/** Sales reports: sales figures and the calendar periods they are grouped by. */
@NullMarked
package kassa.domain.report;

import org.jspecify.annotations.NullMarked;
