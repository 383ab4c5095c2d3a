package kassa.contract;

import java.util.Set;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.User;

/** Callers for tests. */
public final class SampleCallers {

  /** Somebody who may do all of it. */
  public static final Caller.SignedIn ADMIN = person(Role.ADMIN);

  private SampleCallers() {}

  /** A person of this role, whom no store knows. */
  public static Caller.SignedIn person(Role role) {
    return new Caller.SignedIn(SamplePeople.nextUser(), role, SamplePeople.nextSession());
  }

  /** A user who signed in. */
  public static Caller.SignedIn of(User user) {
    return new Caller.SignedIn(user.id(), user.role(), SamplePeople.nextSession());
  }

  /** A program whose key is good for these. */
  public static Caller.Program program(Scope... scopes) {
    return new Caller.Program(SamplePeople.nextKey(), Set.of(scopes));
  }
}
