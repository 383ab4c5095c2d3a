/** Services of the service itself: readiness. */
@NullMarked
package kassa.application.internal.service;

import org.jspecify.annotations.NullMarked;
