/** The demo command: generates products and historical orders with their lifecycles. */
@NullMarked
package kassa.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
