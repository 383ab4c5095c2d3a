package kassa.application;

import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.TokenGenerator;

/**
 * Protects passwords and tokens.
 *
 * @param passwords hashes passwords
 * @param tokens generates tokens
 */
public record Cryptography(PasswordHasher passwords, TokenGenerator tokens) {}
