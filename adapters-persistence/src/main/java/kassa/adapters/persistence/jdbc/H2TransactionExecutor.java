package kassa.adapters.persistence.jdbc;

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
final class H2TransactionExecutor implements TransactionExecutor {

  private final ReentrantLock lock = new ReentrantLock(true);
  private final long lockTimeoutMillis;
  private @Nullable H2File file;
  private long lastCommitted;
  private long lastForced;

  /**
   * @param lockTimeout for the transactions of others
   */
  H2TransactionExecutor(Duration lockTimeout) {
    lockTimeoutMillis = lockTimeout.toMillis();
  }

  @Override
  public <T> T inTransaction(Handle handle, Function<Handle, T> work) {
    H2File databaseFile = H2File.of(handle.getConnection());
    AtomicBoolean willCommit = new AtomicBoolean();
    T result;
    long sequence;
    acquireLock();
    try {
      databaseFile.disableBackgroundWrites();
      result =
          handle.inTransaction(transaction -> {
            T done = work.apply(transaction);
            willCommit.set(transaction.isInTransaction());
            return done;
          });
      sequence = ++lastCommitted;
    } finally {
      lock.unlock();
    }
    if (willCommit.get()) {
      force(databaseFile, sequence);
    }
    return result;
  }

  private void acquireLock() {
    try {
      if (!lock.tryLock(lockTimeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException("others write for too long", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted before it was written", interrupted);
    }
  }

  /** Whoever comes here first forces what all have committed so far. */
  private void force(H2File databaseFile, long sequence) {
    lock.lock();
    try {
      if (!databaseFile.equals(file)) {
        // The database was opened anew: what was forced before tells nothing of this file.
        file = databaseFile;
        lastForced = 0;
      }
      if (lastForced < sequence) {
        long all = lastCommitted;
        databaseFile.force();
        lastForced = all;
      }
    } finally {
      lock.unlock();
    }
  }
}
