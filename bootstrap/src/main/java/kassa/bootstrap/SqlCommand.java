package kassa.bootstrap;

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
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.Persistence.Answered;
import kassa.adapters.persistence.Persistence.Question;

/** {@code ./kassa sql}: asks the database, and prints the answer. */
final class SqlCommand {

  private static final long ROWS = 1_000;
  private static final long SECONDS = 60;
  private static final int LONGEST = 20_000;

  private SqlCommand() {}

  /**
   * Asks, and prints.
   *
   * @throws InvalidConfigException if the words cannot be used
   * @throws RuntimeException if there is no answer
   */
  static void run(List<String> words) {
    CommandLine line = CommandLine.of(words, Set.of("--csv"), Set.of("--rows", "--timeout"));
    Question question =
        new Question(
            sql(line),
            line.number("--rows", ROWS, 1, 1_000_000_000),
            Duration.ofSeconds(line.number("--timeout", SECONDS, 1, 86_400)));
    Config config = Config.of(SettingSources.gather(line.settings()));
    // Standard output by itself: a print stream would not tell that nobody reads any more.
    try (Writer out =
        new OutputStreamWriter(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            StandardCharsets.UTF_8)) {
      TextAnswer answer = line.isSet("--csv") ? new CsvAnswer(out) : new TableAnswer(out);
      Answered answered = ask(config, question, answer);
      answer.end();
      if (answered.more()) {
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
    if (sql.length() > LONGEST) {
      throw new InvalidConfigException(
          List.of("the query must have at most " + LONGEST + " characters"));
    }
    return sql;
  }

  private static Answered ask(Config config, Question question, TextAnswer answer)
      throws IOException {
    Persistence.AtRest database = new Persistence.AtRest(config.databaseUrl());
    Optional<Path> file = database.file();
    try (ControlClient server = file.flatMap(ControlClient::call).orElse(null)) {
      return server == null ? database.ask(question, answer) : server.ask(question, answer);
    }
  }
}
