/** Error responses as problem details (RFC 9457): the problem, its kinds and its exception. */
@NullMarked
package kassa.adapters.http.problem;

import org.jspecify.annotations.NullMarked;
