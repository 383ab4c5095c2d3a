/** Counters, histograms and gauges, without a library. */
@NullMarked
package kassa.adapters.telemetry.measured;

import org.jspecify.annotations.NullMarked;
