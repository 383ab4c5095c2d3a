package kassa.bootstrap.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The real launcher, run as a process of its own in a folder of its own. */
final class KassaProcess implements AutoCloseable {

  private static final Path LAUNCHER =
      Path.of(System.getProperty("kassa.home")).resolve("kassa").toAbsolutePath().normalize();
  private static final String LISTENING_PREFIX = "Kassa listens on ";
  private static final int TIMEOUT_SECONDS = 60;

  /** Whom the tests sign in as, and more calls than they make. */
  private static final Map<String, String> TEST_ENVIRONMENT =
      Map.of(
          "KASSA_ADMIN_PASSWORD",
          "a till that opens only for tests",
          "KASSA_CALLS_PER_MINUTE",
          "100000000");

  private static final String ADMIN_CREDENTIALS =
      """
      {"email":"admin@localhost","password":"a till that opens only for tests"}\
      """;
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"(kas_[^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path stderrFile;
  private final String address;
  private final List<String> stdoutLines;
  private @Nullable String token;

  private KassaProcess(Process process, Path stderrFile, String address, List<String> stdoutLines) {
    this.process = process;
    this.stderrFile = stderrFile;
    this.address = address;
    this.stdoutLines = stdoutLines;
  }

  /** How a command ended. */
  record CommandResult(int status, String out, String err) {}

  /** Starts the server on a free port, and returns when it says that it listens. */
  static KassaProcess startServer(Path folder, String... flags) throws IOException {
    return startServer(folder, TEST_ENVIRONMENT, flags);
  }

  /** The same with other variables than those of the tests. */
  static KassaProcess startServer(Path folder, Map<String, String> environment, String... flags)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("--port", "0"));
    words.addAll(List.of(flags));
    Path errors = Files.createTempFile(folder, "errors", ".log");
    ProcessBuilder command = command(folder, words).redirectError(errors.toFile());
    command.environment().putAll(environment);
    Process process = command.start();
    // Not closed, but left to the process: it may print for as long as it lives.
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> printed = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
      if (line.startsWith("curl") && line.endsWith("/v1/orders")) {
        String first = printed.getFirst();
        String address =
            first.substring(
                LISTENING_PREFIX.length(), first.indexOf(' ', LISTENING_PREFIX.length()));
        return new KassaProcess(process, errors, address, printed);
      }
    }
    throw new IllegalStateException("the launcher ended: " + printed + Files.readString(errors));
  }

  /** Runs a command that is expected to end by itself. */
  static CommandResult runCommand(Path folder, String... words) throws Exception {
    return runCommand(folder, Map.of(), words);
  }

  /** The same with variables. */
  static CommandResult runCommand(Path folder, Map<String, String> environment, String... words)
      throws Exception {
    return startCommand(folder, environment, words).awaitResult();
  }

  /** Begins a command. */
  static RunningCommand startCommand(Path folder, String... words) throws IOException {
    return startCommand(folder, Map.of(), words);
  }

  private static RunningCommand startCommand(
      Path folder, Map<String, String> environment, String... words) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".log");
    Path err = Files.createTempFile(folder, "err", ".log");
    ProcessBuilder command = command(folder, List.of(words));
    command.environment().putAll(environment);
    Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new RunningCommand(process, out, err);
  }

  /** A command that was begun. */
  record RunningCommand(Process process, Path out, Path err) {

    /** Returns when it has ended. */
    CommandResult awaitResult() throws Exception {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the launcher did not end");
      }
      return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** What the launcher printed, a line each. */
  List<String> stdoutLines() {
    return stdoutLines;
  }

  String address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /** What the launcher has logged so far. */
  String log() throws IOException {
    return Files.readString(stderrFile);
  }

  /** The token of a session of the admin, which begins when it is first asked for. */
  synchronized String token() {
    if (token == null) {
      HttpResponse<String> answer = postAnonymously("/v1/auth/login", ADMIN_CREDENTIALS);
      Matcher matcher = TOKEN.matcher(answer.body());
      if (!matcher.find()) {
        throw new IllegalStateException("nobody could sign in: " + answer.body());
      }
      token = matcher.group(1);
    }
    return token;
  }

  /** Asks as the admin. */
  HttpResponse<String> get(String path) {
    return send(adminRequest(path).build());
  }

  /** Asks as somebody of whom nothing is known. */
  HttpResponse<String> getAnonymously(String path) {
    return send(HttpRequest.newBuilder(URI.create(address + path)).build());
  }

  /** Posts as somebody of whom nothing is known. */
  HttpResponse<String> postAnonymously(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        adminRequest(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a body with an {@code If-Match}. */
  HttpResponse<String> send(String method, String path, String ifMatch, String body) {
    return send(
        adminRequest(path)
            .header("Content-Type", "application/json")
            .header("If-Match", ifMatch)
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a body with an {@code Idempotency-Key}, and other headers if there are any. */
  HttpResponse<String> postIdempotently(String path, String body, String key, String... headers) {
    HttpRequest.Builder request =
        adminRequest(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  /** Ends the process as Ctrl-C does, and waits for its end. */
  void stop() {
    terminate();
    awaitExit();
  }

  /** Tells the process to end. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the end of the process, and gives its status. */
  int awaitExit() {
    return process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join().exitValue();
  }

  /** Ends the process as a power cut would, without a chance to tidy up. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
    client.close();
  }

  /** Nobody has to sign in to hear how the server is, and while it ends nobody can. */
  private HttpRequest.Builder adminRequest(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    return path.startsWith("/health")
        ? request
        : request.header("Authorization", "Bearer " + token());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static ProcessBuilder command(Path folder, List<String> words) {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KASSA_"));
    return builder;
  }
}
