package kassa.contract;

import kassa.application.port.out.ApiKeyStore;
import kassa.application.port.out.AttemptStore;
import kassa.application.port.out.AuditLog;
import kassa.application.port.out.CallTally;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.UserStore;

/**
 * The stores under test that have to do with who may do what, which share what they keep. They are
 * empty when a test begins.
 *
 * @param users keeps users
 * @param sessions keeps their sessions
 * @param keys keeps the keys of programs
 * @param attempts counts what was tried in vain
 * @param calls adds up calls
 * @param audit keeps what happened
 * @param away makes all of them unreachable for the rest of the test
 */
public record IdentityStores(
    UserStore users,
    SessionStore sessions,
    ApiKeyStore keys,
    AttemptStore attempts,
    CallTally calls,
    AuditLog audit,
    Runnable away) {

  /** Stores in memory. */
  public static IdentityStores inMemory() {
    InMemoryStores stores = new InMemoryStores();
    return new IdentityStores(
        stores.users(),
        stores.sessions(),
        stores.keys(),
        stores.attempts(),
        stores.calls(),
        stores.audit(),
        stores::takeAway);
  }
}
