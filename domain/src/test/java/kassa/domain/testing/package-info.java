/** What the tests of this module share: laws over generated cases, and refusals. */
@NullMarked
package kassa.domain.testing;

import org.jspecify.annotations.NullMarked;
