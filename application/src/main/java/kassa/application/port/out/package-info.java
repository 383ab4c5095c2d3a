/** The driven ports: what Kassa needs of the outside. */
@NullMarked
package kassa.application.port.out;

import org.jspecify.annotations.NullMarked;
