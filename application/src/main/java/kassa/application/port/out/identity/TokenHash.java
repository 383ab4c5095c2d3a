package kassa.application.port.out.identity;

/**
 * Hash of a session token or API key. It identifies a token, but cannot be used to authenticate.
 *
 * @param value the SHA-256 digest as 64 lower-case hexadecimal digits
 */
public record TokenHash(String value) {}
