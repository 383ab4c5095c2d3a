package kassa.contract.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.identity.UserSearchText;
import org.jspecify.annotations.Nullable;

/** In-memory user store of {@link InMemoryStores}. */
public final class InMemoryUserStore implements UserStore {

  private final InMemoryStores stores;

  InMemoryUserStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public boolean add(StoredUser user) {
    synchronized (stores) {
      stores.requireAvailable();
      if (find(user.user().email()).isPresent()) {
        return false;
      }
      stores.users.put(user.user().id().value(), user);
      return true;
    }
  }

  @Override
  public Optional<StoredUser> find(EmailAddress email) {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.users.values().stream()
          .filter(stored -> stored.user().email().equals(email))
          .findAny();
    }
  }

  @Override
  public Optional<StoredUser> find(UserId id) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(stores.users.get(id.value()));
    }
  }

  @Override
  public List<User> list(@Nullable UserSearchText text, @Nullable UserId after, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.users.values().stream()
          .map(StoredUser::user)
          .filter(user -> text == null || text.matches(user))
          .filter(user -> after == null || user.id().value().compareTo(after.value()) > 0)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public UpdateResult update(User user, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredUser before = stores.users.get(user.id().value());
      if (before == null || before.user().version() + 1 != user.version()) {
        return UpdateResult.CONFLICT;
      }
      if (isAdmin(before.user()) && !isAdmin(user) && !hasAdmin(each -> !each.equals(before))) {
        return UpdateResult.LAST_ADMIN;
      }
      stores.users.put(
          user.id().value(),
          new StoredUser(user, before.passwordHash(), before.passwordExpiresAt()));
      if (user.isDisabled()) {
        stores.sessions.values().removeIf(session -> session.user().equals(user.id()));
      }
      return UpdateResult.DONE;
    }
  }

  @Override
  public boolean replaceHash(UserId id, String before, String after) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredUser storedUser = stores.users.get(id.value());
      if (storedUser == null || !storedUser.passwordHash().equals(before)) {
        return false;
      }
      stores.users.put(
          id.value(), new StoredUser(storedUser.user(), after, storedUser.passwordExpiresAt()));
      return true;
    }
  }

  @Override
  public boolean changePassword(
      UserId id, String before, String after, SessionId session, TokenHash token) {
    synchronized (stores) {
      if (!replaceHash(id, before, after)) {
        return false;
      }
      stores.users.computeIfPresent(
          id.value(), (key, stored) -> new StoredUser(stored.user(), stored.passwordHash()));
      Optional<Session> remaining =
          stores.sessions.values().stream()
              .filter(each -> each.id().equals(session) && each.user().equals(id))
              .findAny();
      stores.sessions.values().removeIf(each -> each.user().equals(id));
      remaining.ifPresent(each -> stores.sessions.put(token, each));
      return true;
    }
  }

  @Override
  public boolean replacePassword(UserId id, String hash, Instant expiresAt) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.sessions.values().removeIf(each -> each.user().equals(id));
      return stores.users.computeIfPresent(
              id.value(), (key, stored) -> new StoredUser(stored.user(), hash, expiresAt))
          != null;
    }
  }

  @Override
  public boolean hasAdmin() {
    synchronized (stores) {
      stores.requireAvailable();
      return hasAdmin(each -> true);
    }
  }

  private boolean hasAdmin(Predicate<StoredUser> among) {
    return stores.users.values().stream().filter(among).anyMatch(each -> isAdmin(each.user()));
  }

  private static boolean isAdmin(User user) {
    return user.role() == Role.ADMIN && !user.isDisabled();
  }
}
