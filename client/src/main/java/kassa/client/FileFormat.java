package kassa.client;

import java.util.Locale;
import java.util.Optional;

/** The forms that a file of orders can have. */
public enum FileFormat {
  /** A JSON object a line, as the contract has it. */
  NDJSON,

  /** A row a line of an order (RFC 4180); the first row names the columns. */
  CSV;

  /** The form that the ending of a file's name tells, if it tells one. */
  public static Optional<FileFormat> fromFileName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "ndjson", "jsonl" -> Optional.of(NDJSON);
      case "csv" -> Optional.of(CSV);
      default -> Optional.empty();
    };
  }
}
