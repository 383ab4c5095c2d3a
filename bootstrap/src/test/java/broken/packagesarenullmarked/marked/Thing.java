package broken.packagesarenullmarked.marked;

/** In a package that is marked. */
interface Thing {}
