package kassa.adapters.http.memory;

/** Thrown if a request needs more memory than the {@link MemoryBudget} has left. */
public final class MemoryExhaustedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MemoryExhaustedException() {
    super("The memory for request bodies and responses is in use.");
  }
}
