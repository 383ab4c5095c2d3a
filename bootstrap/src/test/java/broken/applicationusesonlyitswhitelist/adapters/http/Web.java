package broken.applicationusesonlyitswhitelist.adapters.http;

/** What it may not know. */
public interface Web {}
