package kassa.application.internal.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import kassa.application.port.in.event.PurgeEvents;
import kassa.application.port.out.event.EventLog;

/** Deletes the events whose retention has ended, portion by portion. */
public final class PurgeEventsService implements PurgeEvents {

  private final EventLog log;
  private final Duration retention;
  private final InstantSource clock;

  public PurgeEventsService(EventLog log, Duration retention, InstantSource clock) {
    this.log = log;
    this.retention = retention;
    this.clock = clock;
  }

  @Override
  public long purge(BooleanSupplier isStopped) {
    Instant before = clock.instant().minus(retention);
    long sum = 0;
    while (!isStopped.getAsBoolean()) {
      int deleted = log.purge(before);
      if (deleted == 0) {
        break;
      }
      sum += deleted;
    }
    return sum;
  }
}
