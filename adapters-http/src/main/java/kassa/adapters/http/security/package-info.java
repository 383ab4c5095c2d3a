/** Authentication of requests: the current caller, the session cookie and CSRF protection. */
@NullMarked
package kassa.adapters.http.security;

import org.jspecify.annotations.NullMarked;
