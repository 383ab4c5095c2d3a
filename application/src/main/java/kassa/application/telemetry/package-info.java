/** Metrics and traces: what all parts of Kassa count and measure, and the port that receives it. */
@NullMarked
package kassa.application.telemetry;

import org.jspecify.annotations.NullMarked;
