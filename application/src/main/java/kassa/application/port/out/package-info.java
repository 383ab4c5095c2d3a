/** Driven ports: the stores and services that adapters implement, by subject in subpackages. */
@NullMarked
package kassa.application.port.out;

import org.jspecify.annotations.NullMarked;
