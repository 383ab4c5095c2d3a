package kassa.bootstrap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of known flaws, which asks a service that these tests are. */
@Timeout(60)
class KnownFlawsIT {

  private static final Path HOME = Path.of(System.getProperty("kassa.home"));

  private static final String BILL =
      """
      {"components":[
        {"purl":"pkg:maven/kassa/kassa-domain@0.1.0?type=jar"},
        {"purl":"pkg:maven/org.example/one@1.2?type=jar"},
        {"purl":"pkg:maven/org.example/two@3.4?type=jar"}]}
      """;

  @TempDir private Path folder;

  /** What was printed, how it ended, and what was asked for if anything was. */
  private record Report(int status, String out, String asked) {}

  @Test
  void tells_which_library_has_which_flaw() throws Exception {
    Report report =
        report("200 OK", "{\"results\":[{\"vulns\":[{\"id\":\"GHSA-1\"},{\"id\":\"CVE-2\"}]},{}]}");

    assertThat(report.status()).isEqualTo(1);
    assertThat(report.out().lines())
        .containsExactly(
            "pkg:maven/org.example/one@1.2  GHSA-1",
            "pkg:maven/org.example/one@1.2  CVE-2",
            "2 libraries, 2 known flaws");
    assertThat(report.asked())
        .startsWith("POST /v1/querybatch ")
        .endsWith(
            "{\"queries\":[{\"package\":{\"purl\":\"pkg:maven/org.example/one@1.2\"}},"
                + "{\"package\":{\"purl\":\"pkg:maven/org.example/two@3.4\"}}]}");
  }

  @Test
  void is_content_when_none_is_known() throws Exception {
    Report report = report("200 OK", "{\"results\":[{},{}]}");

    assertThat(report.status()).isZero();
    assertThat(report.out()).isEqualTo("2 libraries, 0 known flaws\n");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          500 Broken | {"results":[{},{}]}
          302 Found  | {"results":[{},{}]}
          200 OK     | {"results":[{}]}
          200 OK     | {}
          200 OK     | <html>Please sign in</html>
          """,
      delimiter = '|')
  void does_not_take_what_was_no_answer_for_none(String status, String body) throws Exception {
    Report report = report(status, body);

    assertThat(report.status()).isEqualTo(2);
    assertThat(report.out()).startsWith("UNKNOWN: http://").contains("2 libraries is open");
  }

  @Test
  void says_that_nobody_could_be_asked() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    Report report = run(closed);

    assertThat(report.status()).isEqualTo(2);
    assertThat(report.out()).startsWith("UNKNOWN: http://").contains("could not be asked");
  }

  private Report report(String status, String body) throws Exception {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> asked =
          CompletableFuture.supplyAsync(() -> answer(service, status, body));
      Report report = run(service.getLocalPort());
      return new Report(report.status(), report.out(), asked.join());
    }
  }

  private Report run(int port) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                HOME.resolve("bootstrap/target/kassa/lib").resolve("*").toString(),
                HOME.resolve("build/KnownFlaws.java").toString(),
                "http://127.0.0.1:" + port,
                Files.writeString(folder.resolve("bom.json"), BILL).toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Report(process.waitFor(), out, "");
  }

  /** Answers one request, and gives it back. */
  private static String answer(ServerSocket service, String status, String body) {
    try (Socket client = service.accept()) {
      InputStream input = client.getInputStream();
      StringBuilder request = new StringBuilder();
      for (int read = input.read(); read >= 0; read = input.read()) {
        request.append((char) read);
        if (request.toString().endsWith("}]}")) {
          break;
        }
      }
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                  .getBytes(US_ASCII));
      return request.toString();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
