/** The rules of the house, the proof that each can fail, and the document they are told in. */
@NullMarked
package kassa.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
