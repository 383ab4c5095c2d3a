package kassa.client;

import java.util.Locale;
import java.util.Optional;

/** Format of a file of orders. */
public enum FileFormat {
  /**
   * One JSON object per line, as the body of {@code POST /v1/orders}; or a JSON array of them, or
   * objects over several lines.
   */
  NDJSON,

  /**
   * One row per order line (RFC 4180, or with another separator); the first row names the columns.
   */
  CSV;

  /** Format for the extension of a file name; empty if the extension is unknown. */
  public static Optional<FileFormat> fromFileName(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "ndjson", "jsonl", "json" -> Optional.of(NDJSON);
      case "csv", "tsv" -> Optional.of(CSV);
      default -> Optional.empty();
    };
  }
}
