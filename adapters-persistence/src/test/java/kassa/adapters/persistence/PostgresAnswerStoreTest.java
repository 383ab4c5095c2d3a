package kassa.adapters.persistence;

import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.OrderStore;
import kassa.contract.AnswerStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresAnswerStoreTest extends AnswerStoreContract {

  private Database database;
  private final String url = PostgresServer.newDatabase();

  @BeforeEach
  void open() {

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
    PostgresServer.takeAway(url);
  }
}
