package broken.applicationusesonlyitsallowlist.adapters.http;

/** What it may not know. */
public interface Web {}
