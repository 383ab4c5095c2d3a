package kassa.application.telemetry;

/** Values that are read when the metrics are read. */
public enum Gauge {
  /** Database connections in use. */
  CONNECTIONS_USED,
  /** Open database connections that are idle. */
  CONNECTIONS_IDLE,
  /** The maximum number of open database connections. */
  CONNECTIONS_MAX,
  /** Threads that wait for a database connection. */
  CONNECTIONS_PENDING,
  /** Connections to the standby in use. */
  STANDBY_CONNECTIONS_USED,
  /** Open connections to the standby that are idle. */
  STANDBY_CONNECTIONS_IDLE,
  /** The maximum number of open connections to the standby. */
  STANDBY_CONNECTIONS_MAX,
  /** Threads that wait for a connection to the standby. */
  STANDBY_CONNECTIONS_PENDING,
  /** Orders in the queue of the group commit. */
  WRITE_QUEUE_LENGTH,
  /** Bytes of the file of the embedded database. */
  DATABASE_FILE_BYTES
}
