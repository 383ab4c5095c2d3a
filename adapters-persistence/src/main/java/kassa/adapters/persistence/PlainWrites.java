package kassa.adapters.persistence;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes a database that makes durable what it commits, as PostgreSQL does by its log. */
final class PlainWrites implements Writes {

  @Override
  public <T> T transact(Handle handle, Function<Handle, T> work) {
    return handle.inTransaction(work::apply);
  }
}
