/** The architecture rules, the fixtures that prove each rule, and the generated document. */
@NullMarked
package kassa.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
