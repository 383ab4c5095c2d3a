package kassa.bootstrap.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.QuerySummary;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.SettingSources;

/** {@code ./kassa sql}: runs a read-only query and prints the result. */
public final class SqlCommand {

  private static final long DEFAULT_MAX_ROWS = 1_000;
  private static final long DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MAX_QUERY_LENGTH = 20_000;

  private SqlCommand() {}

  /**
   * Runs the query.
   *
   * @throws InvalidConfigException if the arguments or settings are invalid
   * @throws RuntimeException if the query fails
   */
  public static void run(CommandLine line) {
    SqlQuery query =
        new SqlQuery(
            sql(line),
            line.parseNumber("--rows", DEFAULT_MAX_ROWS, 1, 1_000_000_000),
            Duration.ofSeconds(line.parseNumber("--timeout", DEFAULT_TIMEOUT_SECONDS, 1, 86_400)));
    Config config = Config.of(SettingSources.load(line.settings()));
    // Not System.out: a print stream does not report that the reader has closed the pipe.
    try (Writer out =
        new OutputStreamWriter(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            StandardCharsets.UTF_8)) {
      TextResultWriter writer =
          line.isSet("--csv") ? new CsvResultWriter(out) : new TableResultWriter(out);
      QuerySummary summary = query(config, query, writer);
      writer.finish();
      if (summary.hasMore()) {
        out.flush();
        System.err.println(
            "kassa: only the first " + summary.rows() + " rows are shown; use --rows N for more");
      }
    } catch (IOException broken) {
      throw new CommandFailedException("the result is incomplete: " + broken.getMessage());
    }
  }

  private static String sql(CommandLine line) {
    String sql = line.operand("one query, in quotes");
    if (sql.length() > MAX_QUERY_LENGTH) {
      throw new InvalidConfigException(
          List.of("the query must have at most " + MAX_QUERY_LENGTH + " characters"));
    }
    return sql;
  }

  private static void printStandbyNotUsed(String reason) {
    System.err.println(
        "kassa: the query runs on the primary, because the standby cannot be used: "
            + SecretRedactor.toSafeSingleLine(reason));
  }

  private static QuerySummary query(Config config, SqlQuery query, TextResultWriter writer)
      throws IOException {
    // A query may need any amount of memory, so it never runs in the process of the server.
    try (LocalAdminClient server = LocalAdminClient.connectIfEmbedded(config).orElse(null)) {
      String url = config.database().url();
      String standbyUrl = config.database().readUrl();
      if (standbyUrl != null) {
        return new DatabaseAdmin(url)
            .query(query, writer, standbyUrl, SqlCommand::printStandbyNotUsed);
      }
      if (server != null) {
        url = new DatabaseAdmin(url).urlOfCopy(server.copyDatabase());
      }
      return new DatabaseAdmin(url).query(query, writer);
    } catch (OutOfMemoryError tooLarge) {
      // H2 throws it as it is, or within an SQLException.
      throw new CommandFailedException(SqlQuery.OUT_OF_MEMORY);
    }
  }
}
