package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlExceptionTranslatorTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          08001, true,  the server does not respond
          08003, true,  the connection does not exist
          08006, true,  the connection is lost
          08P01, true,  protocol violation
          28000, true,  invalid user
          28P01, true,  invalid password
          3D000, true,  the database does not exist
          40001, true,  serialization failure
          40P01, true,  deadlock
          53100, true,  the disk is full
          53200, true,  out of memory
          53300, true,  too many connections
          55P03, true,  lock not available
          57014, true,  the statement was cancelled or timed out
          57P01, true,  the server is shut down
          57P02, true,  the server crashed
          57P03, true,  the server is starting
          58030, true,  I/O error
          25006, true,  the server is a standby
          25P03, true,  idle timeout of the transaction
          HYT00, true,  H2: lock timeout
          90007, true,  H2: the object is closed
          90020, true,  H2: the file is in use
          90028, true,  H2: I/O error
          90030, true,  H2: the file is corrupt
          90031, true,  H2: I/O error
          90067, true,  H2: the connection is broken
          90098, true,  H2: the database is closed
          90108, true,  H2: out of memory
          90121, true,  H2: the database is closing
          90131, true,  H2: concurrent update
          21S02, false, H2: the columns do not match
          22001, false, the text is too long
          22003, false, the number is out of range
          22P02, false, the text is not a number
          23502, false, a value is missing
          23505, false, unique violation
          25P02, false, the transaction failed before
          42501, false, permission denied
          42601, false, syntax error
          42703, false, no such column
          42P01, false, no such table
          42S02, false, H2: no such table
          90012, false, H2: a parameter is not set
          HY000, false, H2: general error
          XX000, false, internal error
          '',    false, no SQLSTATE
          ,      false, no SQLSTATE
          """)
  void classifies_outages_by_sql_state(String state, boolean outage, String what) {
    assertThat(SqlExceptionTranslator.isUnavailable(new SQLException(what, state)))
        .isEqualTo(outage);
  }

  @Test
  void classifies_outages_by_exception_type() {
    assertThat(SqlExceptionTranslator.isUnavailable(new SQLTransientConnectionException()))
        .isTrue();
    assertThat(SqlExceptionTranslator.isUnavailable(new SQLNonTransientConnectionException()))
        .isTrue();
    assertThat(SqlExceptionTranslator.isUnavailable(new SQLRecoverableException())).isTrue();
    assertThat(SqlExceptionTranslator.isUnavailable(new SQLTimeoutException())).isTrue();
  }

  @Test
  void translates_outages_and_defects_to_different_exceptions() {
    assertThat(translated(new SQLException("gone", "57P01")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("cannot find an order: the database is unavailable");
    assertThat(translated(new SQLException("wrong", "42601")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cannot find an order: a statement failed");
  }

  @Test
  void a_missing_connection_is_an_outage() {
    assertThat(
            SqlExceptionTranslator.translate(
                "find an order", new ConnectionException(new SQLException("closed"))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void an_h2_file_write_failure_is_an_outage() {
    SQLException general =
        new SQLException("general error", "HY000", new MVStoreException(2, "full"));

    assertThat(translated(general)).isInstanceOf(StoreUnavailableException.class);
    assertThat(SqlExceptionTranslator.isDatabaseClosed(translated(general))).isTrue();
  }

  @Test
  void an_h2_file_write_failure_in_a_batch_is_an_outage() {
    BatchUpdateException batch = new BatchUpdateException("general error", "50000", new int[1]);
    batch.setNextException(
        new SQLException("general error", "50000", new MVStoreException(2, "full")));

    assertThat(translated(batch)).isInstanceOf(StoreUnavailableException.class);
    assertThat(SqlExceptionTranslator.isDatabaseClosed(translated(batch))).isTrue();
  }

  @Test
  void a_rejected_batch_is_a_defect() {
    BatchUpdateException batch = new BatchUpdateException("too long", "22001", new int[1]);
    batch.setNextException(new SQLException("too long", "22001"));

    assertThat(translated(batch)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void distinguishes_a_closed_from_a_busy_database() {
    assertThat(
            SqlExceptionTranslator.isDatabaseClosed(
                translated(new SQLException("closed", "90098"))))
        .isTrue();
    assertThat(
            SqlExceptionTranslator.isDatabaseClosed(
                translated(new SQLException("deadlock", "40001"))))
        .isFalse();
  }

  @Test
  void a_timeout_of_the_pool_is_a_lost_connection_and_a_timeout_of_a_statement_is_not() {
    assertThat(
            SqlExceptionTranslator.isConnectionLost(
                translated(new SQLTransientConnectionException("request timed out"))))
        .isTrue();
    assertThat(
            SqlExceptionTranslator.isConnectionLost(
                translated(new SQLException("connection refused", "08001"))))
        .isTrue();
    assertThat(
            SqlExceptionTranslator.isConnectionLost(
                translated(new SQLTimeoutException("statement timed out", "57014"))))
        .isFalse();
  }

  private static RuntimeException translated(SQLException cause) {
    return SqlExceptionTranslator.translate("find an order", new TransactionException(cause));
  }
}
