/**
 * Services and permission checks of identity: authentication, sign-in, registration, sessions,
 * users, API keys, audit log and rate limiting.
 */
@NullMarked
package kassa.application.internal.identity;

import org.jspecify.annotations.NullMarked;
