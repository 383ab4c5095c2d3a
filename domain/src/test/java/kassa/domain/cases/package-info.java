/** The priced examples of public projects, and how they are read. */
@NullMarked
package kassa.domain.cases;

import org.jspecify.annotations.NullMarked;
