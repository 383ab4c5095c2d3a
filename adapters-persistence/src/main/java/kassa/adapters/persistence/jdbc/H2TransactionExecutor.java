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
 * Runs write transactions on H2 one after another, and makes each commit durable before it returns.
 *
 * <p>The file is forced to disk between transactions, and the background writer of H2 is off. H2
 * writes one tree of its store after another. If another thread wrote the file during a
 * transaction, a change could reach it without its undo record. See docs/decisions/0011.
 *
 * <p>One force serves all transactions that were committed before it. Thread-safe.
 */
final class H2TransactionExecutor implements TransactionExecutor {

  private final ReentrantLock lock = new ReentrantLock(true);
  private final long lockTimeoutMillis;
  private @Nullable H2File file;
  private long lastCommitted;
  private long lastForced;

  /**
   * @param lockTimeout maximum wait for other write transactions
   */
  H2TransactionExecutor(Duration lockTimeout) {
    lockTimeoutMillis = lockTimeout.toMillis();
  }

  @Override
  public <T> T inTransaction(Handle handle, Function<Handle, T> work) {
    H2File databaseFile = H2File.of(handle.getConnection());
    databaseFile.requireInPlace();
    AtomicBoolean willCommit = new AtomicBoolean();
    T result;
    long sequence;
    acquireLock();
    try {
      databaseFile.disableBackgroundWrites();
      result =
          handle.inTransaction(transaction -> {
            T value = work.apply(transaction);
            willCommit.set(transaction.isInTransaction());
            return value;
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

  @Override
  public void makeDurable(Handle handle) {
    H2File databaseFile = H2File.of(handle.getConnection());
    long sequence;
    lock.lock();
    try {
      sequence = lastCommitted;
    } finally {
      lock.unlock();
    }
    force(databaseFile, sequence);
  }

  private void acquireLock() {
    try {
      if (!lock.tryLock(lockTimeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException(
            "timeout while waiting for other write transactions", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(
          "interrupted while waiting for other write transactions", interrupted);
    }
  }

  /** The first thread here forces the commits of all threads so far. */
  private void force(H2File databaseFile, long sequence) {
    lock.lock();
    try {
      if (!databaseFile.equals(file)) {
        // The database was closed and opened again: the sequence says nothing about this file.
        file = databaseFile;
        lastForced = 0;
      }
      if (lastForced < sequence) {
        long committed = lastCommitted;
        databaseFile.force();
        lastForced = committed;
      }
    } finally {
      lock.unlock();
    }
  }
}
