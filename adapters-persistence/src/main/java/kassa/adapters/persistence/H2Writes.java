package kassa.adapters.persistence;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import kassa.application.port.out.StoreUnavailableException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction after the other write an embedded database, and its file be written only
 * between them. H2 takes what it writes to the file from one tree after the other, so that the half
 * of a transaction that goes on meanwhile could come there without what undoes it. See
 * docs/decisions/0011.
 */
final class H2Writes implements Writes {

  private final ReentrantLock lock = new ReentrantLock(true);
  private final long longestWaitMillis;
  private @Nullable H2File file;
  private long committed;
  private long forced;

  /**
   * @param longestWait for the transactions of others
   */
  H2Writes(Duration longestWait) {
    longestWaitMillis = longestWait.toMillis();
  }

  @Override
  public <T> T transact(Handle handle, Function<Handle, T> work) {
    H2File written = H2File.of(handle.getConnection());
    AtomicBoolean willCommit = new AtomicBoolean();
    T result;
    long place;
    waitForOthers();
    try {
      written.writeOnlyWhenForced();
      result =
          handle.inTransaction(transaction -> {
            T done = work.apply(transaction);
            willCommit.set(transaction.isInTransaction());
            return done;
          });
      place = ++committed;
    } finally {
      lock.unlock();
    }
    if (willCommit.get()) {
      force(written, place);
    }
    return result;
  }

  private void waitForOthers() {
    try {
      if (!lock.tryLock(longestWaitMillis, TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException("others write for too long", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted before it was written", interrupted);
    }
  }

  /** Whoever comes here first forces what all have committed so far. */
  private void force(H2File written, long place) {
    lock.lock();
    try {
      if (!written.equals(file)) {
        // The database was opened anew: what was forced before tells nothing of this file.
        file = written;
        forced = 0;
      }
      if (forced < place) {
        long all = committed;
        written.force();
        forced = all;
      }
    } finally {
      lock.unlock();
    }
  }
}
