package kassa.bootstrap.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.QuerySummary;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SettingSources;

/** {@code ./kassa sql}: asks the database, and prints the answer. */
public final class SqlCommand {

  private static final long DEFAULT_MAX_ROWS = 1_000;
  private static final long DEFAULT_TIMEOUT_SECONDS = 60;
  private static final int MAX_QUERY_LENGTH = 20_000;

  private SqlCommand() {}

  /**
   * Asks, and prints.
   *
   * @throws InvalidConfigException if the words cannot be used
   * @throws RuntimeException if there is no answer
   */
  public static void run(List<String> arguments) {
    CommandLine line = CommandLine.of(arguments, Set.of("--csv"), Set.of("--rows", "--timeout"));
    SqlQuery question =
        new SqlQuery(
            sql(line),
            line.parseNumber("--rows", DEFAULT_MAX_ROWS, 1, 1_000_000_000),
            Duration.ofSeconds(line.parseNumber("--timeout", DEFAULT_TIMEOUT_SECONDS, 1, 86_400)));
    Config config = Config.of(SettingSources.load(line.settings()));
    // Standard output by itself: a print stream would not tell that nobody reads any more.
    try (Writer out =
        new OutputStreamWriter(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            StandardCharsets.UTF_8)) {
      TextResultWriter answer =
          line.isSet("--csv") ? new CsvResultWriter(out) : new TableResultWriter(out);
      QuerySummary answered = query(config, question, answer);
      answer.finish();
      if (answered.hasMore()) {
        out.flush();
        System.err.println(
            "kassa: these are the first " + answered.rows() + " rows; --rows N prints more");
      }
    } catch (IOException broken) {
      throw new CommandFailedException("the answer was cut off: " + broken.getMessage());
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

  private static QuerySummary query(Config config, SqlQuery question, TextResultWriter answer)
      throws IOException {
    DatabaseAdmin database = new DatabaseAdmin(config.databaseUrl());
    Optional<Path> file = database.file();
    try (LocalAdminClient server = file.flatMap(LocalAdminClient::connect).orElse(null)) {
      return server == null ? database.query(question, answer) : server.query(question, answer);
    }
  }
}
