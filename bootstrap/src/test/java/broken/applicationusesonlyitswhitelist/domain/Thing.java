package broken.applicationusesonlyitswhitelist.domain;

/** What the application may know. */
public interface Thing {}
