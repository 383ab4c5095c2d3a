package kassa.adapters.persistence.report;

import java.util.Map;
import java.util.function.BooleanSupplier;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.report.SalesLedger.GroupKey;

/**
 * Builds the digests of all days whose sales have changed, in short transactions, so that reports
 * rarely have to. Thread-safe.
 */
public final class SalesDigestBuilder {

  private final SalesDigestStore store;

  public SalesDigestBuilder(Database database) {
    this.store = new SalesDigestStore(database);
  }

  /**
   * Builds what is missing. Days that change meanwhile are built again by the next call.
   *
   * @param isStopped whether to stop before the next day
   * @throws kassa.application.port.out.StoreUnavailableException if the database is unavailable
   */
  public void buildAll(BooleanSupplier isStopped) {
    Map<Integer, Long> days = store.days(0, SalesDigestStore.MAX_DAY);
    for (GroupKey kind : GroupKey.values()) {
      store.buildMissing(kind, days, isStopped);
    }
  }
}
