package kassa.contract.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** In-memory session store of {@link InMemoryStores}. */
public final class InMemorySessionStore implements SessionStore {

  private final InMemoryStores stores;

  InMemorySessionStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public boolean create(Session session, TokenHash token) {
    synchronized (stores) {
      stores.requireAvailable();
      if (user(session.user()).isEmpty()) {
        return false;
      }
      stores.sessions.put(token, session);
      return true;
    }
  }

  @Override
  public Optional<ActiveSession> find(TokenHash token) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(stores.sessions.get(token))
          .flatMap(session ->
              user(session.user())
                  .map(stored ->
                      new ActiveSession(
                          session, stored.user().role(), stored.passwordExpiresAt())));
    }
  }

  @Override
  public void updateLastUsedAt(SessionId id, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.sessions.replaceAll(
          (token, session) -> session.id().equals(id) ? used(session, at) : session);
    }
  }

  @Override
  public List<Session> list(UserId user, Instant usedAfter, Instant createdAfter) {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.sessions.values().stream()
          .filter(session -> session.user().equals(user))
          .filter(session -> session.lastUsedAt().isAfter(usedAfter))
          .filter(session -> session.createdAt().isAfter(createdAfter))
          .toList();
    }
  }

  @Override
  public boolean end(SessionId id, UserId user) {
    synchronized (stores) {
      stores.requireAvailable();
      return remove(session -> session.id().equals(id) && session.user().equals(user)) > 0;
    }
  }

  @Override
  public int endAllOfUser(UserId user, @Nullable SessionId except) {
    synchronized (stores) {
      stores.requireAvailable();
      return remove(session -> session.user().equals(user) && !session.id().equals(except));
    }
  }

  @Override
  public int endAllOfEveryUser(@Nullable SessionId except) {
    synchronized (stores) {
      stores.requireAvailable();
      return remove(session -> !session.id().equals(except));
    }
  }

  @Override
  public int purge(Instant usedBefore, Instant createdBefore) {
    synchronized (stores) {
      stores.requireAvailable();
      return remove(session ->
          session.lastUsedAt().isBefore(usedBefore) || session.createdAt().isBefore(createdBefore));
    }
  }

  private Optional<StoredUser> user(UserId id) {
    return Optional.ofNullable(stores.users.get(id.value()))
        .filter(stored -> !stored.user().isDisabled());
  }

  private int remove(Predicate<Session> which) {
    Map<TokenHash, Session> sessions = stores.sessions;
    int before = sessions.size();
    sessions.values().removeIf(which);
    return before - sessions.size();
  }

  private static Session used(Session session, Instant at) {
    return new Session(
        session.id(),
        session.user(),
        session.device(),
        session.address(),
        session.createdAt(),
        at,
        session.isLocal());
  }
}
