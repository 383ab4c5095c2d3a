package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.adapters.persistence.fixture.CollectedResult;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.H2Connections;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.Order;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** H2 closes its database after some failures: all parts of the process then open it again. */
class H2RecoveryTest {

  /** What makes H2 close its database. */
  enum Failure {
    SHUTDOWN {
      @Override
      void provoke(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
          statement.execute("shutdown immediately");
        }
      }
    },
    UNWRITABLE_FILE {
      @Override
      void provoke(Connection connection) throws SQLException {
        MVStore store = session(connection).getDatabase().getStore().getMvStore();
        store.panic(new MVStoreException(2, "the disk is full"));
      }
    },
    OUT_OF_MEMORY {
      @Override
      void provoke(Connection connection) throws SQLException {
        session(connection).getDatabase().shutdownImmediately();
      }
    };

    abstract void provoke(Connection connection) throws SQLException;
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void all_parts_recover_after_h2_has_closed_its_database(Failure failure) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("kassa");
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 3))) {
      List<Order> stored = new ArrayList<>();
      for (int time = 0; time < 3; time++) {
        stored.add(SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich()));
        persistence.stores().probe().probe();

        close(url, failure);

        if (failure == Failure.UNWRITABLE_FILE) {
          assertThatExceptionOfType(StoreUnavailableException.class)
              .isThrownBy(() -> persistence.stores().probe().probe());
        }
        // The first call may find a connection of the closed database.
        ignoringOutage(() -> persistence.stores().orders().find(stored.getFirst().id()));
        ignoringOutage(() -> persistence.stores().probe().probe());
        for (Order order : stored) {
          assertThat(persistence.stores().orders().find(order.id())).contains(order);
        }
        assertThatCode(() -> persistence.stores().probe().probe()).doesNotThrowAnyException();
        CollectedResult result = new CollectedResult();
        persistence
            .admin()
            .query(
                new SqlQuery("select count(*) from v1_orders", 10, Duration.ofSeconds(10)), result);
        assertThat(persistence.admin().backup(folder.resolve("backup" + time + ".zip"), false))
            .isPositive();
      }
      stored.add(SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich()));
      assertThat(persistence.stores().orders().listNewestFirst(null, 10)).hasSize(stored.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void connections_of_the_closed_database_do_not_lock_the_open_one(Failure failure)
      throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("kassa");
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 3))) {
      Order order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich());
      close(url, failure);

      // A long query, for example, has opened the file again before the pool notices.
      try (Connection _ = H2Connections.open(Dialect.H2.jdbcUrl(url))) {
        ignoringOutage(() -> persistence.stores().orders().find(order.id()));
        ignoringOutage(() -> persistence.stores().probe().probe());
        persistence
            .admin()
            .query(
                new SqlQuery("select count(*) from v1_orders", 10, Duration.ofSeconds(10)),
                new CollectedResult());
        assertThat(persistence.stores().orders().find(order.id())).contains(order);
        assertThatCode(() -> persistence.stores().probe().probe()).doesNotThrowAnyException();
      }
    }
  }

  private static void close(String url, Failure failure) throws SQLException {
    Connection connection = H2Connections.open(Dialect.H2.jdbcUrl(url));
    try (connection) {
      failure.provoke(connection);
    } catch (SQLException | MVStoreException closed) {
      // The connection was closed with its database.
    }
  }

  private static SessionLocal session(Connection connection) throws SQLException {
    return (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
  }

  private static void ignoringOutage(Runnable call) {
    try {
      call.run();
    } catch (StoreUnavailableException closed) {
      // Recovers with the next call.
    }
  }
}
