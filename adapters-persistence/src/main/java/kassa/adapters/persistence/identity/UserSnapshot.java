package kassa.adapters.persistence.identity;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;

import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.sql.TabFields;
import kassa.domain.event.EventType;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** The data of the events of users: all fields of the user, and no password. */
public final class UserSnapshot {

  private UserSnapshot() {}

  static NewEvent toEvent(EventType type, User user, @Nullable String actor, Instant at) {
    String data =
        TabFields.format(
            user.email().value(),
            user.name(),
            enumName(user.role()),
            user.isDisabled(),
            user.createdAt());
    return new NewEvent(type, user.id().value(), null, user.version(), actor, at, data);
  }

  /**
   * Parses the data of an event.
   *
   * @throws RuntimeException if it is damaged
   */
  public static User parse(UserId id, int version, String data) {
    List<@Nullable String> fields = TabFields.parse(data);
    return new User(
        id,
        new EmailAddress(required(fields, 0)),
        fields.get(1),
        parseEnum(Role.class, required(fields, 2)),
        Boolean.parseBoolean(required(fields, 3)),
        version,
        Instant.parse(required(fields, 4)));
  }

  private static String required(List<@Nullable String> fields, int index) {
    return requireNonNull(fields.get(index), "a field is null");
  }
}
