package broken.domainusesonlyitsallowlist.application;

/** What the domain may not know. */
public interface UseCases {}
