/** The bodies of the calls, as the contract has them. */
@NullMarked
package kassa.adapters.http.message;

import org.jspecify.annotations.NullMarked;
