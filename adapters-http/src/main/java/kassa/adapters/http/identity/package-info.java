/** Users, sign-in, sessions, passwords, API keys and the audit log: handlers and messages. */
@NullMarked
package kassa.adapters.http.identity;

import org.jspecify.annotations.NullMarked;
