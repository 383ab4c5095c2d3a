/** Telemetry adapter: what is counted and measured in this process. */
@NullMarked
package kassa.adapters.telemetry;

import org.jspecify.annotations.NullMarked;
