package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only the real launcher can show: that it starts on the module path, keeps and stops. */
@Timeout(120)
class LauncherIT {

  private static final String SEED =
      "{\"currency\":\"USD\",\"lines\":[{\"sku\":\"MUG\",\"quantity\":10,\"unitPrice\":\"100.00\"}]}";

  private static final String MUG =
      "{\"sku\":\"MUG\",\"name\":\"Mug\",\"unitPrice\":\"100.00\",\"currency\":\"USD\",\"tags\":[\"a\",\"b\"]}";

  @TempDir Path folder;

  /** The first start after a build says what it prepares; the tests look at later ones. */
  @BeforeAll
  static void is_prepared(@TempDir Path folder) throws Exception {
    try (Launched kassa = Launched.serve(folder)) {
      kassa.stop();
    }
  }

  @Test
  void says_where_it_listens_how_long_that_took_and_what_to_try() throws Exception {
    try (Launched kassa = Launched.serve(folder)) {
      String address = kassa.address();

      assertThat(kassa.printed().getFirst())
          .matches("Kassa listens on http://127\\.0\\.0\\.1:[0-9]+ \\(started in [0-9]+ ms;.*");
      assertThat(kassa.printed())
          .contains(
              "curl -s '"
                  + address
                  + "/v1/quotes?explain=true' -H 'Content-Type: application/json' -d '"
                  + SEED
                  + "'",
              "curl -s "
                  + address
                  + "/v1/orders -H 'Content-Type: application/json' -d '"
                  + SEED
                  + "'",
              "curl -s " + address + "/v1/orders/1",
              "curl -s " + address + "/v1/orders");
      assertThat(kassa.log().lines().filter(line -> line.contains("WARN")))
          .singleElement()
          .asString()
          .contains("All calls are open");
    }
  }

  @Test
  void places_an_order_finds_it_again_and_stops_cleanly() throws Exception {
    String placed;
    try (Launched kassa = Launched.serve(folder)) {
      var answer = kassa.post("/v1/orders", SEED);
      placed = answer.body();

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(placed).contains("\"total\":\"900.00\"");
      assertThat(kassa.get("/v1/orders/1").body()).isEqualTo(placed);
      assertThat(kassa.get("/health").body())
          .isEqualTo("{\"message\":\"Service is healthy\",\"status\":200}");
      kassa.stop();
      assertThat(kassa.log()).contains("Stopped").doesNotContain("ERROR", "Exception");
    }
    try (Launched again = Launched.serve(folder)) {
      assertThat(again.get("/v1/orders").body())
          .isEqualTo("{\"data\":[" + placed + "],\"nextCursor\":null}");
      assertThat(again.printed()).contains("curl -s " + again.address() + "/v1/orders/2");
    }
  }

  @Test
  void keeps_every_acknowledged_order_when_it_is_killed_right_after_the_answer() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      try (Launched kassa = Launched.serve(folder)) {
        for (int i = 0; i < 5; i++) {
          acknowledged.addFirst(kassa.post("/v1/orders", SEED).body());
        }
        kassa.kill();
      }
    }
    try (Launched kassa = Launched.serve(folder)) {
      assertThat(kassa.get("/v1/orders").body())
          .isEqualTo("{\"data\":[" + String.join(",", acknowledged) + "],\"nextCursor\":null}");
    }
  }

  @Test
  void keeps_a_product_that_was_acknowledged() throws Exception {
    String created;
    try (Launched kassa = Launched.serve(folder)) {
      created = kassa.post("/v1/products", MUG).body();
      assertThat(created).contains("\"unitPrice\":\"100.00\"");
      kassa.kill();
    }
    try (Launched again = Launched.serve(folder)) {
      assertThat(again.get("/v1/products/MUG").body()).isEqualTo(created);
    }
  }

  @Test
  void keeps_all_in_postgresql_by_one_setting() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      String placed;
      String created;
      try (Launched kassa = Launched.serve(folder, "--db-url", url)) {
        placed = kassa.post("/v1/orders", SEED).body();
        assertThat(placed).contains("\"total\":\"900.00\"");
        created = kassa.post("/v1/products", MUG).body();
        kassa.kill();
      }
      try (Launched again = Launched.serve(folder, "--db-url=" + url)) {
        assertThat(again.get("/v1/orders/1").body()).isEqualTo(placed);
        assertThat(again.get("/v1/products/MUG").body()).isEqualTo(created);
        again.stop();
      }
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void places_a_batch_on_both_databases_alike() throws Exception {
    String batch = "{\"orders\":[" + SEED + "," + SEED.replace(":10,", ":0,") + "," + SEED + "]}";
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      for (String url : List.of("", postgres.getJdbcUrl("postgres", "postgres"))) {
        try (Launched kassa = Launched.serve(folder, "--db-url", url)) {
          assertThat(kassa.post("/v1/orders/batch", batch).body())
              .contains(
                  "{\"results\":[{\"index\":0,\"key\":null,\"status\":201,",
                  "{\"index\":1,\"key\":null,\"status\":422,",
                  "{\"index\":2,\"key\":null,\"status\":201,",
                  "\"summary\":{\"placed\":2,\"rejected\":1}}");
        }
      }
    }
  }

  @Test
  void tells_its_version_which_only_a_module_has() throws Exception {
    assertThat(Launched.run(folder, "--version"))
        .isEqualTo(
            new Launched.Ended(0, "kassa " + System.getProperty("kassa.version") + "\n", ""));
  }

  @Test
  void helps() throws Exception {
    Launched.Ended help = Launched.run(folder, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("./kassa", "--port", "KASSA_DB_URL");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void prints_the_settings_in_force_and_where_they_come_from() throws Exception {
    Files.writeString(folder.resolve("kassa.properties"), "db-pool = 3\nlog=json\n");

    Launched.Ended config = Launched.run(folder, "config", "--log", "text");

    assertThat(config.status()).isZero();
    assertThat(config.out())
        .containsPattern("KASSA_DB_POOL += 3 +# kassa.properties\n")
        .containsPattern("KASSA_LOG += text +# flag\n")
        .containsPattern("KASSA_PORT += 8080 +# default\n");
  }

  @Test
  void refuses_a_faulty_configuration_and_tells_all_that_is_wrong() throws Exception {
    Launched.Ended refused =
        Launched.run(folder, "--port", "70000", "--host", "0.0.0.0", "--currencies", "USD,XXX");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("kassa: KASSA_PORT (flag): must be"))
        .anyMatch(line -> line.startsWith("kassa: KASSA_HOST (flag): must be a loopback"))
        .anyMatch(line -> line.startsWith("kassa: KASSA_CURRENCIES (flag): "));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void says_in_one_line_that_the_port_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Launched.Ended ended = Launched.run(folder, "--port", Integer.toString(taken.getLocalPort()));

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.err().lines())
          .singleElement()
          .asString()
          .startsWith("kassa: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void says_in_one_line_that_the_database_is_in_use() throws Exception {
    try (Launched kassa = Launched.serve(folder)) {
      Launched.Ended ended = Launched.run(folder, "--port", "0");

      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.err().lines()).singleElement().asString().startsWith("kassa: ");
      assertThat(kassa.get("/health/ready").statusCode()).isEqualTo(200);
    }
  }
}
