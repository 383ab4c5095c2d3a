/**
 * The commands of the command line (serve, sql, backup, restore, import, password), their
 * arguments, result tables and progress reports.
 */
@NullMarked
package kassa.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
