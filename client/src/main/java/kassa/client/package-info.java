/** Feeds files of orders to a server, so that however often that is done no order is made twice. */
@NullMarked
package kassa.client;

import org.jspecify.annotations.NullMarked;
