/** Password hashing and tokens with Bouncy Castle and the JDK. */
@NullMarked
package kassa.adapters.secrets;

import org.jspecify.annotations.NullMarked;
