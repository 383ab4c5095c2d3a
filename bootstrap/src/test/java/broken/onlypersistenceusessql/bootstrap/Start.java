package broken.onlypersistenceusessql.bootstrap;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Jdbi;

/** Knows it where it may not. */
interface Start {
  void use(Connection connection);

  void use(DataSource dataSource);

  void use(Jdbi jdbi);

  void use(HikariDataSource hikariDataSource);

  void use(Flyway flyway);

  void use(MVStore mVStore);
}
