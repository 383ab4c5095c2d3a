package kassa.adapters.persistence.jdbc;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs queries on the primary or on a standby. */
public interface Queries {

  /**
   * Runs work with a connection.
   *
   * @param purpose what the work does, as a verb phrase for messages: "find an order"
   */
  <T> T query(String purpose, Function<Handle, T> work);
}
