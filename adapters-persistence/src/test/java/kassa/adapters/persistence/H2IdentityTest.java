package kassa.adapters.persistence;

import java.nio.file.Path;
import kassa.contract.ApiKeyStoreContract;
import kassa.contract.AttemptStoreContract;
import kassa.contract.AuditLogContract;
import kassa.contract.CallTallyContract;
import kassa.contract.IdentityStores;
import kassa.contract.SessionStoreContract;
import kassa.contract.UserStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class H2IdentityTest {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new Persistence.Config("jdbc:h2:file:" + folder.resolve("kassa"), 4));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Nested
  class OfUsers extends UserStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class OfSessions extends SessionStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class OfKeys extends ApiKeyStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class OfAttempts extends AttemptStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class OfCalls extends CallTallyContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class OfAudit extends AuditLogContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  private IdentityStores identityStores() {
    return new IdentityStores(
        persistence.users(),
        persistence.sessions(),
        persistence.apiKeys(),
        persistence.attempts(),
        persistence.calls(),
        persistence.audit(),
        persistence::close);
  }
}
