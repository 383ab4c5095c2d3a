/** Where the use-cases are made from what they need. */
@NullMarked
package kassa.application;

import org.jspecify.annotations.NullMarked;
