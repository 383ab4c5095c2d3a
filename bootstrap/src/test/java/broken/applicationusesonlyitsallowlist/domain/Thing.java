package broken.applicationusesonlyitsallowlist.domain;

/** What the application may know. */
public interface Thing {}
