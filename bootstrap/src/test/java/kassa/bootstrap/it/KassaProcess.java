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
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fixture: the real launcher as a separate process in a temporary folder. */
final class KassaProcess implements AutoCloseable {

  private static final Path LAUNCHER =
      Path.of(System.getProperty("kassa.home")).resolve("kassa").toAbsolutePath().normalize();
  private static final String LISTENING_PREFIX = "Kassa listens on ";
  private static final int TIMEOUT_SECONDS = 300;

  /** Most processes live for seconds: too short for the optimizing JIT compiler to pay off. */
  static final String JAVA_OPTS = "-XX:TieredStopAtLevel=1";

  /** The first start after a build creates the AOT cache, which all later starts use. */
  private static final ReentrantLock FIRST_START = new ReentrantLock();

  private static volatile boolean startedOnce;

  /** Credentials of the tests, and a rate limit above the number of their calls. */
  private static final Map<String, String> TEST_ENVIRONMENT =
      Map.of(
          "KASSA_ADMIN_PASSWORD",
          "a till that opens only for tests",
          "KASSA_CALLS_PER_MINUTE",
          "100000000",
          // The session of the template database lasts for the whole run.
          "KASSA_SESSION_IDLE",
          "720h",
          "KASSA_SESSION_MAX_AGE",
          "720h");

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

  /** Exit status and output of a command. */
  record CommandResult(int status, String out, String err) {}

  /**
   * Starts the server on a free port, and returns when it has printed that it listens. A new
   * embedded database is a copy of the {@link TemplateDatabase}, unless flags name its folder.
   */
  static KassaProcess startServer(Path folder, String... flags) throws IOException {
    int url = List.of(flags).indexOf("--db-url") + 1;
    String database = url > 0 ? flags[url] : folder.resolve("data").toString();
    if (Stream.of(flags).noneMatch(flag -> flag.startsWith("--d"))) {
      TemplateDatabase.copyTo(Path.of(database));
    }
    KassaProcess started = startServer(folder, TEST_ENVIRONMENT, flags);
    started.token = TemplateDatabase.token(database);
    return started;
  }

  /** Starts the server for the first time with a database. */
  static KassaProcess startFirst(Path folder, String... flags) throws IOException {
    return startServer(folder, TEST_ENVIRONMENT, flags);
  }

  /** Starts the server with other environment variables than those of the tests. */
  static KassaProcess startServer(Path folder, Map<String, String> environment, String... flags)
      throws IOException {
    if (startedOnce) {
      return start(folder, environment, flags);
    }
    FIRST_START.lock();
    try {
      KassaProcess started = start(folder, environment, flags);
      startedOnce = true;
      return started;
    } finally {
      FIRST_START.unlock();
    }
  }

  private static KassaProcess start(Path folder, Map<String, String> environment, String... flags)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--port", "0"));
    arguments.addAll(List.of(flags));
    Path errors = Files.createTempFile(folder, "errors", ".log");
    ProcessBuilder command = command(folder, arguments).redirectError(errors.toFile());
    command.environment().putAll(environment);
    Process process = command.start();
    // Not closed: the process may print as long as it runs.
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    List<String> printed = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      printed.add(line);
      if (line.startsWith("curl")) {
        String first = printed.getFirst();
        String address =
            first.substring(
                LISTENING_PREFIX.length(), first.indexOf(' ', LISTENING_PREFIX.length()));
        return new KassaProcess(process, errors, address, printed);
      }
    }
    throw new IllegalStateException("the launcher exited: " + printed + Files.readString(errors));
  }

  /** Runs a command and returns when it exits. */
  static CommandResult runCommand(Path folder, String... arguments) throws Exception {
    return runCommand(folder, Map.of(), arguments);
  }

  /** Runs a command with environment variables and returns when it exits. */
  static CommandResult runCommand(Path folder, Map<String, String> environment, String... arguments)
      throws Exception {
    return startCommand(folder, environment, arguments).awaitResult();
  }

  /** Starts a command. */
  static RunningCommand startCommand(Path folder, String... arguments) throws IOException {
    return startCommand(folder, Map.of(), arguments);
  }

  private static RunningCommand startCommand(
      Path folder, Map<String, String> environment, String... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".log");
    Path err = Files.createTempFile(folder, "err", ".log");
    ProcessBuilder command = command(folder, List.of(arguments));
    command.environment().putAll(environment);
    Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new RunningCommand(process, out, err);
  }

  /** Command that was started. */
  record RunningCommand(Process process, Path out, Path err) {

    /** Waits until the command exits. */
    CommandResult awaitResult() throws Exception {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the launcher did not exit");
      }
      return new CommandResult(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** Lines that the launcher printed to standard output. */
  List<String> stdoutLines() {
    return stdoutLines;
  }

  String address() {
    return address;
  }

  /** The launcher of the project. */
  static Path launcher() {
    return LAUNCHER;
  }

  long pid() {
    return process.pid();
  }

  /** Current content of standard error: the log. */
  String log() throws IOException {
    return Files.readString(stderrFile);
  }

  /** Token of a session of the admin, which starts at the first call. */
  synchronized String token() {
    if (token == null) {
      HttpResponse<String> response = postAnonymously("/v1/auth/login", ADMIN_CREDENTIALS);
      Matcher matcher = TOKEN.matcher(response.body());
      if (!matcher.find()) {
        throw new IllegalStateException("login failed: " + response.body());
      }
      token = matcher.group(1);
    }
    return token;
  }

  /** Sends a GET request as the admin. */
  HttpResponse<String> get(String path) {
    return send(adminRequest(path).build());
  }

  /** All orders, each as in the response that placed it. */
  Stream<String> exportOrders() {
    return send(adminRequest("/v1/orders/export").header("Accept", "application/x-ndjson").build())
        .body()
        .lines();
  }

  /** Sends a GET request without credentials. */
  HttpResponse<String> getAnonymously(String path) {
    return send(HttpRequest.newBuilder(URI.create(address + path)).build());
  }

  /** Sends a POST request without credentials. */
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

  /** Sends a body with an {@code Idempotency-Key} and optional other headers. */
  HttpResponse<String> postIdempotently(String path, String body, String key, String... headers) {
    HttpRequest.Builder request =
        adminRequest(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  /**
   * Stops the process with SIGTERM and waits until it exits. Closes the connections of the test
   * first, because the server gives idle ones up to a second.
   */
  void stop() {
    client.close();
    terminate();
    awaitExit();
  }

  /** Sends SIGTERM to the process. */
  void terminate() {
    process.destroy();
  }

  /** Waits until the process exits and returns its status. */
  int awaitExit() {
    return process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join().exitValue();
  }

  /** Ends the process with SIGKILL, so that it cannot clean up. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
    client.close();
  }

  /** Health checks have no token: login is not possible while the server shuts down. */
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

  private static ProcessBuilder command(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KASSA_"));
    builder.environment().put("KASSA_JAVA_OPTS", JAVA_OPTS);
    builder.environment().put("KASSA_WARM_UP", "0");
    return builder;
  }
}
