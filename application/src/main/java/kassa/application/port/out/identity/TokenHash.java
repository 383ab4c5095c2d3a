package kassa.application.port.out.identity;

/**
 * What is kept of the token of a session or the key of a program: enough to know it again, and
 * nothing that lets anybody in.
 *
 * @param value a SHA-256 digest as 64 hexadecimal digits in lower case
 */
public record TokenHash(String value) {}
