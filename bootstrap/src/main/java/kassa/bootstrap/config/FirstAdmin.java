package kassa.bootstrap.config;

import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/**
 * The first admin.
 *
 * @param email the email for sign-in
 * @param password the password; {@code null} to generate a temporary one
 */
public record FirstAdmin(EmailAddress email, @Nullable Password password) {}
