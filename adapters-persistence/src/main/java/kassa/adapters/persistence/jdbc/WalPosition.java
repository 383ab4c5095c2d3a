package kassa.adapters.persistence.jdbc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;

/**
 * A position in the write-ahead log (WAL) of a PostgreSQL primary.
 *
 * @param history the cluster, its timeline, the database and the schema; positions of different
 *     histories cannot be compared
 * @param lsn the log sequence number (LSN)
 */
public record WalPosition(String history, String lsn) {

  /**
   * The timeline of the primary is the first part of the names of its WAL files. Without
   * synchronous commit, it acknowledges a commit before the WAL is on disk.
   */
  private static final String CURRENT =
      """
      select
        system_identifier || ' ' || substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8)
          || ' ' || current_database() || ' ' || coalesce(current_schema(), '') as history,
        case current_setting('synchronous_commit')
          when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn()
        end as lsn
      from pg_control_system()
      """;

  /** The control file has the timeline of a restart point, or of a page written since. */
  private static final String REPLAYED =
      """
      select
        pg_is_in_recovery() as standby,
        system_identifier || ' '
          || upper(lpad(to_hex(greatest(timeline_id, min_recovery_end_timeline)), 8, '0'))
          || ' ' || current_database() || ' ' || coalesce(current_schema(), '') as history,
        pg_last_wal_replay_lsn() >= cast(:lsn as pg_lsn) as replayed
      from pg_control_system(), pg_control_checkpoint(), pg_control_recovery()
      """;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration MAX_PAUSE = Duration.ofMillis(16);

  /** What a server knows about its WAL. */
  private record Replay(boolean isStandby, String history, boolean isReplayed) {}

  /**
   * Returns the current position: all transactions that the primary has acknowledged are at or
   * before it.
   */
  public static WalPosition current(Handle primary) {
    return primary
        .createQuery(CURRENT)
        .map((row, context) -> new WalPosition(row.getString("history"), row.getString("lsn")))
        .one();
  }

  /**
   * Waits until a standby has replayed this position. Statements that start afterwards on the same
   * connection read everything up to it.
   *
   * @return why the standby cannot be used; empty if it has replayed the position
   */
  public Optional<String> awaitReplayed(Handle standby, Duration maxWait) {
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      Replay replay = replay(standby);
      if (!replay.isStandby()) {
        return Optional.of("it is not a standby, or was promoted");
      }
      if (!replay.history().equals(history)) {
        return Optional.of(
            "it is not a standby of this primary, has not followed its last promotion, or has"
                + " another database or schema");
      }
      if (replay.isReplayed()) {
        return Optional.empty();
      }
      if (System.nanoTime() - start > maxWait.toNanos() || Thread.currentThread().isInterrupted()) {
        return Optional.of("it is more than " + maxWait.toMillis() + " ms behind the primary");
      }
      LockSupport.parkNanos(pause.toNanos());
      pause = pause.compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
    }
  }

  private Replay replay(Handle standby) {
    return standby
        .createQuery(REPLAYED)
        .bind("lsn", lsn)
        .map((row, context) ->
            new Replay(
                row.getBoolean("standby"), row.getString("history"), row.getBoolean("replayed")))
        .one();
  }
}
