package kassa.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** The sessions of {@link InMemoryStores}. */
public final class InMemorySessionStore implements SessionStore {

  private final InMemoryStores stores;

  InMemorySessionStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public boolean begin(Session session, TokenHash token) {
    synchronized (stores) {
      stores.check();
      if (user(session.user()).isEmpty()) {
        return false;
      }
      stores.sessions.put(token, session);
      return true;
    }
  }

  @Override
  public Optional<Live> find(TokenHash token) {
    synchronized (stores) {
      stores.check();
      return Optional.ofNullable(stores.sessions.get(token))
          .flatMap(session ->
              user(session.user())
                  .map(kept -> new Live(session, kept.user().role(), kept.passwordDue())));
    }
  }

  @Override
  public void touch(SessionId id, Instant at) {
    synchronized (stores) {
      stores.check();
      stores.sessions.replaceAll(
          (token, session) -> session.id().equals(id) ? used(session, at) : session);
    }
  }

  @Override
  public List<Session> list(UserId user, Instant usedAfter, Instant begunAfter) {
    synchronized (stores) {
      stores.check();
      return stores.sessions.values().stream()
          .filter(session -> session.user().equals(user))
          .filter(session -> session.lastUsedAt().isAfter(usedAfter))
          .filter(session -> session.createdAt().isAfter(begunAfter))
          .toList();
    }
  }

  @Override
  public boolean end(SessionId id, UserId user) {
    synchronized (stores) {
      stores.check();
      return remove(session -> session.id().equals(id) && session.user().equals(user)) > 0;
    }
  }

  @Override
  public int endAll(UserId user, @Nullable SessionId but) {
    synchronized (stores) {
      stores.check();
      return remove(session -> session.user().equals(user) && !session.id().equals(but));
    }
  }

  @Override
  public int endEverybodys(@Nullable SessionId but) {
    synchronized (stores) {
      stores.check();
      return remove(session -> !session.id().equals(but));
    }
  }

  @Override
  public int forget(Instant usedBefore, Instant begunBefore) {
    synchronized (stores) {
      stores.check();
      return remove(session ->
          session.lastUsedAt().isBefore(usedBefore) || session.createdAt().isBefore(begunBefore));
    }
  }

  private Optional<KeptUser> user(UserId id) {
    return Optional.ofNullable(stores.users.get(id.value()))
        .filter(kept -> !kept.user().disabled());
  }

  private int remove(Predicate<Session> which) {
    Map<TokenHash, Session> sessions = stores.sessions;
    int before = sessions.size();
    sessions.values().removeIf(which);
    return before - sessions.size();
  }

  private static Session used(Session session, Instant at) {
    return new Session(
        session.id(), session.user(), session.device(), session.address(), session.createdAt(), at);
  }
}
