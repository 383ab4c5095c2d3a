/** Services of sales reports. */
@NullMarked
package kassa.application.internal.report;

import org.jspecify.annotations.NullMarked;
