package broken.publictypenamesareunique.domain.rule;

class Internal {}
