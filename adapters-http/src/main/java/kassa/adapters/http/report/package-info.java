/** Sales reports: handlers and messages. */
@NullMarked
package kassa.adapters.http.report;

import org.jspecify.annotations.NullMarked;
