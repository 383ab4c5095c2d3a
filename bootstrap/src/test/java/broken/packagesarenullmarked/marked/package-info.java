/** Marked, beside one that is not. */
@NullMarked
package broken.packagesarenullmarked.marked;

import org.jspecify.annotations.NullMarked;
