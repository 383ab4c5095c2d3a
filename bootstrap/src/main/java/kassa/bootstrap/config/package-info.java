/**
 * Reads and validates the settings: command-line flags, environment variables and the properties
 * file; also configures the log and masks secrets in messages.
 */
@NullMarked
package kassa.bootstrap.config;

import org.jspecify.annotations.NullMarked;
