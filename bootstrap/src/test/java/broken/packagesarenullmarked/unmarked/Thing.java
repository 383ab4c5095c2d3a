package broken.packagesarenullmarked.unmarked;

/** In a package that is not. */
interface Thing {}
