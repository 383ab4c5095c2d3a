package kassa.application.port.in.identity;

/**
 * Deletes expired data: sessions, failed attempts and rate limit counters. Run periodically by a
 * scheduled task.
 */
public interface PurgeExpired {

  /**
   * Deletes the sessions that have reached their idle timeout or maximum age, the failed attempts
   * that are no longer counted, and the rate limit counters of past windows.
   *
   * @return the number of deleted entries of all kinds
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether they were
   *     deleted
   */
  int purgeExpired();
}
