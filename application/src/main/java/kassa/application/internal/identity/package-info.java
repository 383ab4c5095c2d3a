/** Who is who: signing in, registering, sessions, users and keys. */
@NullMarked
package kassa.application.internal.identity;

import org.jspecify.annotations.NullMarked;
