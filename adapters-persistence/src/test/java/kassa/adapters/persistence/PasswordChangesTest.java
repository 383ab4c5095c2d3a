package kassa.adapters.persistence;

import static kassa.contract.SamplePeople.added;
import static kassa.contract.SamplePeople.nextToken;
import static kassa.contract.SamplePeople.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.nio.file.Path;
import java.time.Instant;
import kassa.application.port.out.SessionStore.Live;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PasswordChangesTest {

  @TempDir private Path folder;

  /** That a token is taken stands for a crash between the two. */
  @ParameterizedTest
  @EnumSource
  void a_password_stays_if_its_sessions_do(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      TokenCache<Live> remembered = new TokenCache<>(System::nanoTime);
      JdbiUserStore users = new JdbiUserStore(database, remembered);
      JdbiSessionStore sessions = new JdbiSessionStore(database, remembered);
      User ann = added(users, "ann@example.com", Role.CUSTOMER);
      User bob = added(users, "bob@example.com", Role.CUSTOMER);
      Session own = session(ann);
      TokenHash taken = nextToken();
      sessions.begin(own, nextToken());
      sessions.begin(session(ann), nextToken());
      sessions.begin(session(bob), taken);

      assertThatException()
          .isThrownBy(() -> users.changePassword(ann.id(), "hash", "new", own.id(), taken));

      assertThat(users.find(ann.id())).contains(new KeptUser(ann, "hash"));
      assertThat(sessions.list(ann.id(), Instant.EPOCH, Instant.EPOCH)).hasSize(2);
    }
  }
}
