package kassa.adapters.persistence;

import java.nio.file.Path;
import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.OrderStore;
import kassa.contract.AnswerStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2AnswerStoreTest extends AnswerStoreContract {

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    database = TestDatabases.open(url, 4);
    TestDatabases.migrate(database, url);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected AnswerStore answers() {
    return new JdbiAnswerStore(database);
  }

  @Override
  protected OrderStore orders() {
    return new JdbiOrderStore(database);
  }

  @Override
  protected void takeStoreAway() {
    database.close();
  }
}
