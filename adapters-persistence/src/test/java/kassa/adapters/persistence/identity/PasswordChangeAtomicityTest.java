package kassa.adapters.persistence.identity;

import static kassa.contract.fixture.TestUsers.insertUser;
import static kassa.contract.fixture.TestUsers.nextToken;
import static kassa.contract.fixture.TestUsers.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.nio.file.Path;
import java.time.Instant;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.identity.SessionStore.ActiveSession;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PasswordChangeAtomicityTest {

  @TempDir private Path folder;

  /** A duplicate token hash makes the second statement fail, like a crash between the two. */
  @ParameterizedTest
  @EnumSource
  void rolls_back_the_password_if_sessions_cannot_be_deleted(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      TokenCache<ActiveSession> sessionCache = new TokenCache<>(System::nanoTime);
      JdbiUserStore users = new JdbiUserStore(database, sessionCache);
      JdbiSessionStore sessions = new JdbiSessionStore(database, sessionCache);
      User ann = insertUser(users, "ann@example.com", Role.CUSTOMER);
      User bob = insertUser(users, "bob@example.com", Role.CUSTOMER);
      Session own = session(ann);
      TokenHash duplicate = nextToken();
      sessions.create(own, nextToken());
      sessions.create(session(ann), nextToken());
      sessions.create(session(bob), duplicate);

      assertThatException()
          .isThrownBy(() -> users.changePassword(ann.id(), "hash", "new", own.id(), duplicate));

      assertThat(users.find(ann.id())).contains(new StoredUser(ann, "hash"));
      assertThat(sessions.list(ann.id(), Instant.EPOCH, Instant.EPOCH)).hasSize(2);
    }
  }
}
