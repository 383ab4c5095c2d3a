/** Driven ports of the service itself: the health probe of the store. */
@NullMarked
package kassa.application.port.out.service;

import org.jspecify.annotations.NullMarked;
