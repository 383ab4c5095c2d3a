package kassa.application.port.in.identity;

/** Forgets what has come to its end by itself. For whoever runs Kassa, from time to time. */
public interface PurgeExpired {

  /**
   * Forgets the sessions that a limit has ended, and the attempts in vain and the calls of minutes
   * that do not count any more.
   *
   * @return how many of all these there were
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether they
   *     are forgotten
   */
  int purgeExpired();
}
