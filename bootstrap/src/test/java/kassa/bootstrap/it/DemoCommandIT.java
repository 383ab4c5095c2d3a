package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./kassa demo} through the real launcher. */
@Timeout(600)
class DemoCommandIT {

  private static final String UNTIL = "--until=2026-06-30T12:00:00Z";

  @TempDir private Path folder;

  @Test
  void generates_the_same_orders_for_the_same_seed() throws Exception {
    assertThat(demo("one", "1500").status()).isZero();
    assertThat(demo("same", "1500").status()).isZero();
    assertThat(demo("other", "1500", "--seed=2").status()).isZero();

    String orders =
        "select id, number, status, customer_id, placed_at, updated_at, total, discount_total,"
            + " refunded_total from v1_orders order by number";
    List<String> one = rows("one", orders);
    assertThat(one).hasSize(1_500).isEqualTo(rows("same", orders));
    assertThat(rows("other", orders)).hasSize(1_500).isNotEqualTo(one);
    assertThat(
            rows(
                "one",
                """
                select
                  (select count(*) from v1_orders a join v1_orders b
                    on b.number = a.number + 1 and b.placed_at < a.placed_at) as backwards,
                  count(*) filter (where status = 'cancelled') > 0 as cancelled,
                  count(distinct status) >= 4 as statuses,
                  count(*) filter (where status in ('placed', 'paid', 'shipped')
                    and placed_on < date '2026-06-15') = 0 as old,
                  count(*) filter (where refunded_total > 0) between 5 and 75 as refunded,
                  count(distinct customer_id) < count(customer_id) as again,
                  count(*) filter (where discount_total > 0) > 0 as discounts,
                  min(placed_on) < date '2024-07-10' as early,
                  max(placed_on) > date '2026-06-20' as late
                from v1_orders
                """))
        .containsExactly("0|TRUE|TRUE|TRUE|TRUE|TRUE|TRUE|TRUE|TRUE|");
  }

  @Test
  void rejects_database_with_orders_unless_forced() throws Exception {
    assertThat(demo("one", "10").out()).startsWith("10 orders in ");

    KassaProcess.CommandResult again = demo("one", "10");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("--force").hasLineCount(1);

    assertThat(demo("one", "10", "--seed=2", "--force").status()).isZero();
    assertThat(rows("one", "select count(*) from v1_orders")).containsExactly("20|");
  }

  @Test
  void database_is_usable_after_demo_was_killed() throws Exception {
    KassaProcess.RunningCommand demo =
        KassaProcess.startCommand(folder, "demo", "--data-dir=killed", UNTIL, "1000000");
    Path file = folder.resolve("killed").resolve("kassa.mv.db");
    while (!Files.exists(file) || Files.size(file) < 4_000_000) {
      assertThat(demo.process().waitFor(20, TimeUnit.MILLISECONDS)).as("ended").isFalse();
    }
    demo.process().destroyForcibly();
    assertThat(demo.awaitResult().status()).isEqualTo(128 + 9);

    try (KassaProcess server = KassaProcess.startServer(folder, "--data-dir=killed")) {
      for (String query : List.of("", "?status=completed", "?sort=-total", "?customerId=c-1000")) {
        assertThat(server.get("/v1/orders" + query).statusCode()).isEqualTo(200);
      }
    }
    KassaProcess.CommandResult more = demo("killed", "10", "--seed=2", "--force");
    assertThat(more.status()).isZero();
    assertThat(more.err()).doesNotContain("indexes");
    assertThat(rows("killed", "select count(*) > 500 from v1_orders")).containsExactly("TRUE|");
  }

  @Test
  void rejects_invalid_number_of_orders() throws Exception {
    assertThat(demo("one", "0").status()).isEqualTo(2);
  }

  private KassaProcess.CommandResult demo(String data, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 3];
    all[0] = "demo";
    all[1] = "--data-dir=" + data;
    all[2] = UNTIL;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return KassaProcess.runCommand(folder, all);
  }

  private List<String> rows(String data, String sql) throws Exception {
    return DatabaseRows.ofEmbedded(folder.resolve(data), sql);
  }
}
