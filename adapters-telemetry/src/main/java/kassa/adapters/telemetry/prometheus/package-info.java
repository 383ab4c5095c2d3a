/** The metrics in the formats of Prometheus and OpenMetrics, loaded when they are first read. */
@NullMarked
package kassa.adapters.telemetry.prometheus;

import org.jspecify.annotations.NullMarked;
