package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import kassa.application.port.in.ForgetOld;
import kassa.application.port.out.CallTally;
import kassa.application.port.out.SessionStore;

/** Forgets sessions that have ended, and attempts and calls that do not count any more. */
public final class Forgetting implements ForgetOld {

  /** A minute is over for all nodes by then, whatever their clocks say. */
  static final Duration CALLS_REMEMBERED = Duration.ofMinutes(10);

  private final SessionStore sessions;
  private final Throttle throttle;
  private final CallTally calls;
  private final SessionLife life;
  private final InstantSource clock;

  public Forgetting(
      SessionStore sessions,
      Throttle throttle,
      CallTally calls,
      SessionLife life,
      InstantSource clock) {
    this.sessions = sessions;
    this.throttle = throttle;
    this.calls = calls;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public int forgetOld() {
    Instant now = clock.instant();
    return sessions.forget(life.usedAfter(now), life.begunAfter(now))
        + throttle.forgetOld()
        + calls.forgetBefore(now.minus(CALLS_REMEMBERED));
  }
}
