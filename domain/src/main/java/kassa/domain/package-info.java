/** What every part of the domain shares: how a value that cannot exist is refused. */
@NullMarked
package kassa.domain;

import org.jspecify.annotations.NullMarked;
