package kassa.bootstrap.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** Resources that are closed in the reverse order of their opening. Not thread-safe. */
final class OpenResources implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Adds an open resource. */
  <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes all after a failure; their own failures are added to it. */
  void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException closeFailure) {
      failure.addSuppressed(closeFailure);
    }
  }

  /**
   * Closes all; a failure of one does not keep the others open.
   *
   * @throws IllegalStateException if one of them could not be closed
   */
  @Override
  public void close() {
    IllegalStateException failed = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        if (failed == null) {
          failed = new IllegalStateException("a part of the server could not be closed", failure);
        } else {
          failed.addSuppressed(failure);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
