package kassa.adapters.persistence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.OrderWritingProcess;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.application.port.out.report.SalesLedger.GroupSales;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports after a process was killed while it built the digests of days. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SalesDigestCrashTest {

  private static final int KILLS = 3;
  private static final Instant FROM = SampleOrders.START.minus(Duration.ofDays(1));
  private static final Instant TO =
      SampleOrders.START.plus(Duration.ofDays(OrderWritingProcess.DAYS + 1));

  @TempDir private Path folder;
  private @Nullable Process process;

  @AfterEach
  void endProcess() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reports_are_exact_after_kill_9_while_digests_are_built(Dialect dialect) throws Exception {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    String url = TestDatabases.newUrl(dialect, folder);
    for (int kill = 0; kill < KILLS; kill++) {
      process = OrderWritingProcess.startBuildingSalesSums(url, random.nextLong());
      killAfter(process, random.nextInt(1, 3 * OrderWritingProcess.DAYS));
      try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
        assertReportsAreExact(url, persistence.stores().sales(), "seed " + seed + ", kill " + kill);
      }
    }
  }

  private static void killAfter(Process process, int days) throws Exception {
    int started = 0;
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        started += line.equals(OrderWritingProcess.DAY) ? 1 : 0;
        if (started == days) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor()).as("exit code of kill -9").isEqualTo(128 + 9);
  }

  /** Compares the reports with those from the orders alone, and with the sums by period. */
  private static void assertReportsAreExact(String url, SalesLedger ledger, String description) {
    List<List<GroupSales>> withDigests = reports(ledger);
    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(TestDatabases.executeSql(database, "delete from sales_digests"))
          .as(description)
          .isPositive();
    }
    assertThat(withDigests).as(description).isEqualTo(reports(ledger));
    for (RefundsBy refundsBy : RefundsBy.values()) {
      SalesFigures sum =
          ledger.listByGroup(GroupKey.CUSTOMER, FROM, TO, refundsBy, 1_000).stream()
              .map(GroupSales::figures)
              .reduce(SalesFigures::plus)
              .orElseThrow();
      assertThat(sum)
          .as(description)
          .isEqualTo(ledger.listByPeriod(List.of(FROM, TO), refundsBy).getFirst().figures());
    }
  }

  private static List<List<GroupSales>> reports(SalesLedger ledger) {
    List<List<GroupSales>> reports = new ArrayList<>();
    for (GroupKey key : GroupKey.values()) {
      for (RefundsBy refundsBy : RefundsBy.values()) {
        reports.add(ledger.listByGroup(key, FROM, TO, refundsBy, 1_000));
      }
    }
    return reports;
  }
}
