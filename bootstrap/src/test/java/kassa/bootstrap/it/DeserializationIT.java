package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher forbids Java deserialization, which has no use in the program. */
@Timeout(600)
class DeserializationIT {

  private static final String USER =
      """
      {"email":"eve@example.com","name":"Eve","password":"a till that reads no objects",\
      "role":"operator"}\
      """;
  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;

  @TempDir private Path folder;

  @Test
  void the_server_rejects_deserialization_and_never_tries_it() throws Exception {
    Path recording = folder.resolve("events.jfr");
    Map<String, String> environment = new HashMap<>();
    environment.put("KASSA_ADMIN_PASSWORD", "a till that opens only for tests");
    environment.put(
        "KASSA_JAVA_OPTS",
        KassaProcess.JAVA_OPTS
            + " -Xlog:jfr*=off -XX:StartFlightRecording:settings=none,dumponexit=true,"
            + "+jdk.Deserialization#enabled=true,+jdk.InitialSystemProperty#enabled=true,filename="
            + recording);
    try (KassaProcess kassa = KassaProcess.startServer(folder, environment)) {
      assertThat(kassa.post("/v1/orders", ORDER).statusCode()).isEqualTo(201);
      assertThat(kassa.post("/v1/users", USER).statusCode()).isEqualTo(201);
      assertThat(kassa.get("/v1/orders/export").statusCode()).isEqualTo(200);
      assertThat(KassaProcess.runCommand(folder, "sql", "select * from v1_orders").status())
          .isZero();
      assertThat(KassaProcess.runCommand(folder, "backup", "backup.zip").status()).isZero();
      kassa.stop();
      assertThat(kassa.log()).doesNotContain("WARN", "ERROR");
    }

    assertThat(events(recording, "jdk.InitialSystemProperty"))
        .containsPattern("key = \"jdk.serialFilter\"\\s+value = \"!\\*\"");
    assertThat(events(recording, "jdk.Deserialization")).isBlank();
  }

  private static String events(Path recording, String type) throws Exception {
    Process jfr =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jfr").toString(),
                "print",
                "--events",
                type,
                recording.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(jfr.getInputStream().readAllBytes(), UTF_8);
    assertThat(jfr.waitFor()).as(printed).isZero();
    return printed;
  }
}
