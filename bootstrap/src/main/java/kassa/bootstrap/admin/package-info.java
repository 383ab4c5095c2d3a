/**
 * The local admin channel: a Unix domain socket by which other commands of the local operator reach
 * a running server.
 */
@NullMarked
package kassa.bootstrap.admin;

import org.jspecify.annotations.NullMarked;
