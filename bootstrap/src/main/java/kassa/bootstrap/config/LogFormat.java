package kassa.bootstrap.config;

/** Formats of the log. */
public enum LogFormat {
  /** Lines for people. */
  TEXT,
  /** A JSON object per line. */
  JSON,
  /** A JSON object per line, with the fields of the Elastic Common Schema. */
  ECS
}
