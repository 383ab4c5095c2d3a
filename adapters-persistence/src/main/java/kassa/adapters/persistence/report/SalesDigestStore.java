package kassa.adapters.persistence.report;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Queries;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.report.SalesDigest.Encoder;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Cache of the sums of whole days in UTC by SKU, customer and rule. A digest is valid while the
 * sales buckets of its day count the same changes. Each transaction that changes the sales of a day
 * adds to this count, so nothing else must invalidate a digest. Thread-safe, also across nodes. See
 * docs/decisions/0134.
 */
final class SalesDigestStore {

  static final long DAY_SECONDS = 86_400;

  /** In the year 9999, the last one that requests can contain. */
  static final int MAX_DAY = 2_932_896;

  private static final int QUARTER_HOURS = 96;

  /** Limits how many digests are in memory at once. */
  private static final int DAYS_PER_STATEMENT = 16;

  private static final String DAYS =
      """
      select quarter_hour / 96 as utc_day, sum(changes) as changes
      from sales_buckets
      where quarter_hour >= :from and quarter_hour < :to
      group by quarter_hour / 96
      """;

  private static final String VALID =
      """
      select utc_day, changes, sum(entries) as entries from sales_digests
      where kind = :kind and utc_day >= :from and utc_day < :to
      group by utc_day, changes
      """;

  private static final String READ =
      """
      select utc_day, changes, parts, entries, ranks, %s as figures from sales_digests
      where kind = :kind and utc_day >= :from and utc_day < :to and part = :part
      """;

  private static final String READ_RANKS = READ.formatted("cast(null as bytea)");
  private static final String READ_ALL = READ.formatted("figures");

  private static final String DELETE =
      "delete from sales_digests where kind = :kind and utc_day = :day";

  private static final String INSERT =
      """
      insert into sales_digests (
        kind, utc_day, part, parts, changes, entries, ranks, figures)
      values (:kind, :day, :part, :parts, :changes, :entries, :ranks, :figures)
      """;

  private static final byte[] NOTHING = {};

  /** Version of a digest, and its number of parts. */
  private record DigestVersion(long changes, int parts) {}

  private final Database database;

  SalesDigestStore(Database database) {
    this.database = database;
  }

  /** The number of changes of each day with sales. */
  Map<Integer, Long> days(int from, int to) {
    return database.read("list changes of sales", handle -> days(handle, from, to));
  }

  private static Map<Integer, Long> days(Handle handle, int from, int to) {
    Map<Integer, Long> days = new TreeMap<>();
    handle
        .createQuery(DAYS)
        .bind("from", (long) from * QUARTER_HOURS)
        .bind("to", (long) to * QUARTER_HOURS)
        .map((row, context) -> days.put(row.getInt("utc_day"), row.getLong("changes")))
        .list();
    return days;
  }

  /**
   * Builds the digests that are missing or invalid. Several builders share the work.
   *
   * @param days the number of changes of each day
   * @param isStopped whether to stop before the next day
   * @return the number of entries of all days
   */
  long buildMissing(GroupKey kind, Map<Integer, Long> days, BooleanSupplier isStopped) {
    if (days.isEmpty()) {
      return 0;
    }
    List<Integer> all = List.copyOf(days.keySet());
    Map<Integer, Long> entries = validEntries(kind, days, all.getFirst(), all.getLast() + 1);
    List<Integer> missing = new ArrayList<>(all);
    missing.removeAll(entries.keySet());
    Collections.shuffle(missing);
    for (int day : missing) {
      if (isStopped.getAsBoolean()) {
        break;
      }
      // Another builder may have been faster, if there is much to build.
      Map<Integer, Long> built =
          missing.size() > 1 ? validEntries(kind, days, day, day + 1) : Map.of();
      entries.put(day, built.containsKey(day) ? built.get(day) : build(kind, day));
    }
    return entries.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<Integer, Long> validEntries(
      GroupKey kind, Map<Integer, Long> days, int from, int to) {
    return database.read(
        "list digests of sales",
        handle -> {
          Map<Integer, Long> entries = new HashMap<>();
          handle
              .createQuery(VALID)
              .bind("kind", enumName(kind))
              .bind("from", from)
              .bind("to", to)
              .map((row, context) -> {
                int day = row.getInt("utc_day");
                if (isValid(days, day, row.getLong("changes"))) {
                  entries.put(day, row.getLong("entries"));
                }
                return day;
              })
              .list();
          return entries;
        });
  }

  private static boolean isValid(Map<Integer, Long> days, int day, long changes) {
    Long required = days.get(day);
    return required != null && changes >= required;
  }

  /**
   * Builds the digests of all kinds of a day, from the primary alone: a standby may show a commit
   * before the primary does.
   */
  private long build(GroupKey kind, int day) {
    // The changes are counted first: the digests may contain later ones and are invalid then.
    long changes =
        database
            .query("count changes of sales", handle -> days(handle, day, day + 1))
            .getOrDefault(day, 0L);
    Map<GroupKey, Encoder> encoders = new EnumMap<>(GroupKey.class);
    for (GroupKey each : GroupKey.values()) {
      encoders.put(each, new Encoder());
    }
    Instant start = Instant.ofEpochSecond(day * DAY_SECONDS);
    new SalesReader(database)
        .read(
            start,
            start.plusSeconds(DAY_SECONDS),
            (each, entry) -> {
              Objects.requireNonNull(encoders.get(each)).add(entry);
              return true;
            });
    Map<GroupKey, List<SalesDigest>> digests = new EnumMap<>(GroupKey.class);
    encoders.forEach((each, encoder) -> digests.put(each, encoder.digests()));
    try {
      database.inTransaction(
          "store digests of sales",
          handle -> {
            digests.forEach((each, parts) -> store(handle, each, day, changes, parts));
            return true;
          });
    } catch (RuntimeException failure) {
      if (!SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw failure;
      }
      // Another builder stored its digests at the same time. The reader checks them.
    }
    return Objects.requireNonNull(digests.get(kind)).stream().mapToLong(SalesDigest::entries).sum();
  }

  private static void store(
      Handle handle, GroupKey kind, int day, long changes, List<SalesDigest> digests) {
    handle.createUpdate(DELETE).bind("kind", enumName(kind)).bind("day", day).execute();
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (int part = 0; part < digests.size(); part++) {
      SalesDigest digest = digests.get(part);
      batch
          .bind("kind", enumName(kind))
          .bind("day", day)
          .bind("part", part)
          .bind("parts", digests.size())
          .bind("changes", changes)
          .bind("entries", digest.entries())
          .bind("ranks", digest.ranks())
          .bind("figures", digest.figures())
          .add();
    }
    executeBatch(batch);
  }

  /**
   * Reads the digests of days.
   *
   * @param queries of one server
   * @param withFigures whether to read the figures; if not, the digests have ranks only
   * @return false if a digest is no longer valid; the caller must build the digests again
   */
  static boolean read(
      Queries queries,
      GroupKey kind,
      Map<Integer, Long> days,
      boolean withFigures,
      Consumer<SalesDigest> consumer) {
    List<Integer> all = List.copyOf(days.keySet());
    for (int i = 0; i < all.size(); i += DAYS_PER_STATEMENT) {
      List<Integer> some = all.subList(i, Math.min(i + DAYS_PER_STATEMENT, all.size()));
      if (!readSome(queries, kind, days, some, withFigures ? READ_ALL : READ_RANKS, consumer)) {
        return false;
      }
    }
    return true;
  }

  /** Reads one part of each day at a time. A digest may be replaced meanwhile. */
  private static boolean readSome(
      Queries queries,
      GroupKey kind,
      Map<Integer, Long> days,
      List<Integer> some,
      String sql,
      Consumer<SalesDigest> consumer) {
    Map<Integer, DigestVersion> versions = new HashMap<>();
    for (int part = 0; ; part++) {
      int number = part;
      long expected =
          number == 0
              ? some.size()
              : versions.values().stream().filter(version -> version.parts() > number).count();
      if (expected == 0) {
        return true;
      }
      long found =
          queries.query(
              "read digests of sales",
              handle ->
                  handle
                      .createQuery(sql)
                      .bind("kind", enumName(kind))
                      .bind("from", some.getFirst())
                      .bind("to", some.getLast() + 1)
                      .bind("part", number)
                      .map((row, context) -> {
                        int day = row.getInt("utc_day");
                        DigestVersion version =
                            new DigestVersion(row.getLong("changes"), row.getInt("parts"));
                        boolean valid =
                            number == 0
                                ? isValid(days, day, version.changes())
                                : version.equals(versions.get(day));
                        if (valid) {
                          versions.put(day, version);
                          consumer.accept(digest(row));
                        }
                        return valid;
                      })
                      .stream()
                      .filter(valid -> valid)
                      .count());
      if (found < expected) {
        return false;
      }
    }
  }

  private static SalesDigest digest(ResultSet row) throws SQLException {
    byte[] figures = row.getBytes("figures");
    return new SalesDigest(
        row.getInt("entries"), row.getBytes("ranks"), figures == null ? NOTHING : figures);
  }

  /**
   * Reads the orders of a range.
   *
   * @param queries of one server
   * @param max the maximum number of entries
   * @return empty if there are more
   */
  static Optional<List<SalesDigest>> readRange(
      Queries queries, GroupKey kind, Instant from, Instant to, int max) {
    Encoder encoder = new Encoder();
    int[] count = {0};
    boolean complete =
        new SalesReader(queries)
            .read(
                from,
                to,
                (each, entry) -> {
                  if (each == kind) {
                    encoder.add(entry);
                    count[0]++;
                  }
                  return count[0] <= max;
                });
    return complete ? Optional.of(encoder.digests()) : Optional.empty();
  }
}
