package broken.publictypenamesareunique.domain.order;

/** Visible in its own package only. */
class Internal {}
