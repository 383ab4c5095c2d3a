/**
 * The local admin channel: a loopback socket by which other commands of the local operator reach
 * the server that has the embedded database open.
 */
@NullMarked
package kassa.bootstrap.admin;

import org.jspecify.annotations.NullMarked;
