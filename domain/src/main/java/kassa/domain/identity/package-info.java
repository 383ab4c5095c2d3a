/** Users, sessions, API keys, roles and permissions, and the events of the audit log. */
@NullMarked
package kassa.domain.identity;

import org.jspecify.annotations.NullMarked;
