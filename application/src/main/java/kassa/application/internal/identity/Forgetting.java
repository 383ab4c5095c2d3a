package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import kassa.application.port.in.ForgetOld;
import kassa.application.port.out.SessionStore;

/** Forgets sessions that have ended and attempts that do not count any more. */
public final class Forgetting implements ForgetOld {

  private final SessionStore sessions;
  private final Throttle throttle;
  private final SessionLife life;
  private final InstantSource clock;

  public Forgetting(
      SessionStore sessions, Throttle throttle, SessionLife life, InstantSource clock) {
    this.sessions = sessions;
    this.throttle = throttle;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public int forgetOld() {
    Instant now = clock.instant();
    return sessions.forget(life.usedAfter(now), life.begunAfter(now)) + throttle.forgetOld();
  }
}
