/** Reads requests: headers, media types, query parameters, bodies, request ids, entity tags. */
@NullMarked
package kassa.adapters.http.request;

import org.jspecify.annotations.NullMarked;
