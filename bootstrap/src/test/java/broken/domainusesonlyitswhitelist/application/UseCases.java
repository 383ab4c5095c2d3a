package broken.domainusesonlyitswhitelist.application;

/** What the domain may not know. */
public interface UseCases {}
