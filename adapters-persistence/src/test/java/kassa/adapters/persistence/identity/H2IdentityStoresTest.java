package kassa.adapters.persistence.identity;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.contract.ApiKeyStoreContract;
import kassa.contract.AuditLogContract;
import kassa.contract.FailedAttemptStoreContract;
import kassa.contract.RateLimitStoreContract;
import kassa.contract.SessionStoreContract;
import kassa.contract.UserStoreContract;
import kassa.contract.fixture.IdentityStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class H2IdentityStoresTest {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new PersistenceConfig("jdbc:h2:file:" + folder.resolve("kassa"), 4));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Nested
  class Users extends UserStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class ApiKeys extends ApiKeyStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class FailedAttempts extends FailedAttemptStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class RateLimits extends RateLimitStoreContract {

    @Override
    protected IdentityStores stores() {
      return identityStores();
    }
  }

  @Nested
  class Audit extends AuditLogContract {

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
        persistence.failedAttempts(),
        persistence.rateLimits(),
        persistence.auditLog(),
        persistence::close);
  }
}
