/** What every implementation of a driven port has to pass, and the fakes that do. */
@NullMarked
package kassa.contract;

import org.jspecify.annotations.NullMarked;
