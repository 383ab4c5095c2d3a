package kassa.adapters.persistence.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Queries;
import kassa.adapters.persistence.report.GroupSums.Sums;
import kassa.adapters.persistence.report.ReportRanges.Times;
import kassa.adapters.persistence.report.SalesDigest.Group;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.application.port.out.report.SalesLedger.GroupSales;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.report.RefundsBy;

/**
 * Adds up the digests of the whole days of a report, and the orders of the rest. It reads the
 * digests twice, first to find the groups with the most orders, then their figures, so the memory
 * does not depend on the number of groups. Thread-safe.
 */
final class SalesDigestReport {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  /** Limits the memory of the ranking. */
  private static final long MAX_ENTRIES_PER_RANKING = 1 << 19;

  /** Limits the memory of the parts of days at the start and the end of a report. */
  private static final int MAX_REST = 100_000;

  private static final int MAX_ATTEMPTS = 5;

  private final Database database;
  private final SalesDigestStore store;

  SalesDigestReport(Database database) {
    this.database = database;
    this.store = new SalesDigestStore(database);
  }

  /**
   * Returns the sales of the groups with the most orders, in any order.
   *
   * @return empty if the rest is too large, or the digests change too often
   */
  Optional<List<GroupSales>> listByGroup(
      GroupKey key, Instant from, Instant to, RefundsBy refundsBy, int limit) {
    int first = dayOf(from.plusSeconds(SalesDigestStore.DAY_SECONDS).minusNanos(1));
    int last = dayOf(to);
    boolean hasDays = first < last;
    List<Times> ranges =
        Stream.of(
                new Times(0, from, hasDays ? startOf(first) : to),
                new Times(0, hasDays ? startOf(last) : to, to))
            .filter(range -> range.from().isBefore(range.to()))
            .toList();
    Optional<List<SalesDigest>> rest =
        ranges.isEmpty()
            ? Optional.of(List.of())
            : database.readAll(queries -> readRest(queries, key, ranges));
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<GroupSales>> found = Optional.empty();
    for (int attempt = 0; attempt < MAX_ATTEMPTS && found.isEmpty(); attempt++) {
      Map<Integer, Long> days = hasDays ? store.days(first, last) : Map.of();
      long entries = store.buildMissing(key, days, () -> false);
      Function<Queries, Optional<List<GroupSales>>> sum =
          queries -> addUp(queries, key, days, entries, rest.get(), refundsBy, limit);
      // Without days there is nothing to query.
      found = days.isEmpty() ? sum.apply(database) : database.readAll(sum);
    }
    return found;
  }

  /** Returns empty if the ranges have too many entries. */
  private static Optional<List<SalesDigest>> readRest(
      Queries queries, GroupKey key, List<Times> ranges) {
    List<SalesDigest> rest = new ArrayList<>();
    for (Times range : ranges) {
      Optional<List<SalesDigest>> read =
          SalesDigestStore.readRange(queries, key, range.from(), range.to(), MAX_REST);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      rest.addAll(read.get());
    }
    return Optional.of(rest);
  }

  /** Returns empty if digests have been replaced meanwhile. */
  private static Optional<List<GroupSales>> addUp(
      Queries queries,
      GroupKey key,
      Map<Integer, Long> days,
      long entries,
      List<SalesDigest> rest,
      RefundsBy refundsBy,
      int limit) {
    // Groups without orders have refunds of earlier orders.
    GroupRanking.Top top = new GroupRanking.Top(limit, refundsBy == RefundsBy.ORDER_DATE ? 1 : 0);
    long rankings = 1 + entries / MAX_ENTRIES_PER_RANKING;
    for (long i = 0; i < rankings; i++) {
      long number = i;
      GroupRanking ranking = new GroupRanking();
      SalesDigest.RankConsumer ranker =
          (hash, orders) -> {
            if (Math.floorMod(hash, rankings) == number) {
              ranking.add(hash, orders);
            }
          };
      rest.forEach(digest -> digest.forEachRank(ranker));
      if (!SalesDigestStore.read(queries, key, days, false, digest -> digest.forEachRank(ranker))) {
        return Optional.empty();
      }
      top.addAll(ranking);
    }
    Set<Long> wanted = top.hashes();
    Map<Group, Sums> sums = new HashMap<>();
    rest.forEach(digest -> add(digest, wanted, sums));
    if (!SalesDigestStore.read(queries, key, days, true, digest -> add(digest, wanted, sums))) {
      return Optional.empty();
    }
    return Optional.of(
        sums.entrySet().stream()
            .map(entry -> sales(entry.getKey(), entry.getValue(), refundsBy))
            .toList());
  }

  private static void add(SalesDigest digest, Set<Long> wanted, Map<Group, Sums> sums) {
    digest
        .decode(wanted::contains)
        .forEach(entry -> sums.computeIfAbsent(entry.group(), absent -> new Sums()).add(entry));
  }

  private static GroupSales sales(Group group, Sums sums, RefundsBy refundsBy) {
    return new GroupSales(group.key(), sums.figures(CURRENCIES.parse(group.currency()), refundsBy));
  }

  private static int dayOf(Instant instant) {
    long day = Math.floorDiv(instant.getEpochSecond(), SalesDigestStore.DAY_SECONDS);
    return Math.clamp(day, 0, SalesDigestStore.MAX_DAY);
  }

  private static Instant startOf(int day) {
    return Instant.ofEpochSecond(day * SalesDigestStore.DAY_SECONDS);
  }
}
