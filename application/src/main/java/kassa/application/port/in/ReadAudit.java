package kassa.application.port.in;

import java.util.List;
import kassa.domain.identity.KeptEvent;
import org.jspecify.annotations.Nullable;

/** Reads what happened to users, sessions and keys. For admins. */
public interface ReadAudit {

  /** The most events of one page. */
  int MOST_PER_PAGE = 200;

  /**
   * Events, newest first.
   *
   * @param before the number of the event behind which to begin; at the newest if {@code null}
   * @param limit 1 to {@value #MOST_PER_PAGE}
   */
  List<KeptEvent> list(@Nullable Long before, int limit);
}
