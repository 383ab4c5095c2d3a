package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program under locales with other digits, calendars and case rules, and other charsets. */
@Timeout(600)
class LocaleIT {

  private static final String ADMIN_PASSWORD = "a till that opens only for tests";

  private static final Pattern NET = Pattern.compile("\"net\":\"([^\"]+)\"");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9"
            + " -Dstdout.encoding=US-ASCII",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai"
            + " -Dfile.encoding=UTF-16 -Duser.timezone=Asia/Bangkok"
      })
  void the_default_locale_charset_and_zone_do_not_matter(String locale) throws Exception {
    // The launcher turns the data of locales off; here they must not matter either.
    String options = KassaProcess.JAVA_OPTS + " -Djava.locale.providers=CLDR " + locale;
    Map<String, String> environment =
        Map.of("KASSA_ADMIN_PASSWORD", ADMIN_PASSWORD, "KASSA_JAVA_OPTS", options);
    try (KassaProcess kassa = KassaProcess.startServer(folder, environment)) {
      signInAsNewUser(kassa);
      sell(kassa);
      importOrder(kassa, options);

      assertThat(kassa.get("/v1/orders?sku=IPI&code=indirim&sort=total").body())
          .contains("\"number\":1,", "\"total\":\"10.12\"");
      assertThat(kassa.get("/v1/orders/export").body()).contains("USD,11.25,1.13,");
      String report =
          kassa
              .get(
                  "/v1/reports/sales?groupBy=month&zone=Europe/Berlin"
                      + "&from=2020-01-01T00:00:00Z&to=2090-01-01T00:00:00Z")
              .body();
      assertThat(netOfAllMonths(report)).as(report).isEqualTo("25.12");
      assertThat(report).containsPattern("\"key\":\"2[01][0-9]{2}-[01][0-9]\"");
      KassaProcess.CommandResult sql =
          KassaProcess.runCommand(
              folder,
              Map.of("KASSA_JAVA_OPTS", options),
              "sql",
              "--csv",
              "select count(*) as n, U&'\\00C7ay' as name from v1_orders");
      assertThat(sql.out()).as(sql.err()).contains("2,Çay");
      assertThat(
              KassaProcess.runCommand(
                      folder, Map.of("KASSA_JAVA_OPTS", options), "backup", "locale.zip")
                  .status())
          .isZero();
      assertThat(kassa.log()).doesNotContain("WARN", "ERROR");
      kassa.stop();
    }
  }

  /** The sum of the months: the two orders may be on both sides of midnight. */
  private static String netOfAllMonths(String report) {
    return NET.matcher(report)
        .results()
        .map(month -> new BigDecimal(month.group(1)))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .toPlainString();
  }

  private static void signInAsNewUser(KassaProcess kassa) {
    HttpResponse<String> created =
        kassa.post(
            "/v1/users",
            """
            {"email":"IIda@example.com","name":"Iida","password":"a till for iida only",\
            "role":"operator"}\
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    assertThat(
            kassa
                .postAnonymously(
                    "/v1/auth/login",
                    "{\"email\":\"iiDA@example.com\",\"password\":\"a till for iida only\"}")
                .statusCode())
        .isEqualTo(200);
  }

  private static void sell(KassaProcess kassa) {
    String product =
        "{\"sku\":\"IPI\",\"name\":\"Çay\",\"currency\":\"USD\",\"unitPrice\":\"7.50\"}";
    String rule =
        """
        {"code":"INDIRIM","status":"active",\
        "effects":[{"type":"percent_off_order","percent":"10"}]}\
        """;
    String order =
        """
        {"currency":"USD","codes":["indirim"],"lines":[{"sku":"IPI","quantity":1.5}]}\
        """;
    assertThat(kassa.post("/v1/products", product).statusCode()).isEqualTo(201);
    assertThat(kassa.post("/v1/rules", rule).statusCode()).isEqualTo(201);
    HttpResponse<String> placed = kassa.post("/v1/orders", order);
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
  }

  private void importOrder(KassaProcess kassa, String options) throws Exception {
    Path file = folder.resolve("orders.csv");
    Files.writeString(file, "order,currency,sku,quantity,unitPrice\nA-1,USD,Çay,2,7.50\n");
    KassaProcess.CommandResult imported =
        KassaProcess.runCommand(
            folder,
            Map.of("KASSA_JAVA_OPTS", options),
            "import",
            file.toString(),
            "--token",
            kassa.token());
    assertThat(imported.status()).as(imported.err()).isZero();
    assertThat(kassa.get("/v1/orders?sku=%C3%87ay").body()).contains("\"number\":2,");
  }
}
