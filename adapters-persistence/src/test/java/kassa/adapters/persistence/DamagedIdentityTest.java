package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import kassa.application.UseCases;
import kassa.application.port.out.TokenHash;
import kassa.contract.SamplePeople;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.User;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedIdentityTest {

  @TempDir private Path folder;

  @Test
  void is_never_answered_as_sound() {
    try (Database database = TestDatabases.openNew(Dialect.H2, folder)) {
      UseCases.Stores stores = TestDatabases.stores(database);
      User ann = SamplePeople.added(stores.users(), "ann@example.com", Role.CUSTOMER);
      TokenHash token = SamplePeople.nextToken();
      TokenHash key = SamplePeople.nextToken();
      stores.sessions().begin(SamplePeople.session(ann), token);
      stores.keys().add(SamplePeople.key("shop", Scope.ADMIN), key);
      stores
          .audit()
          .append(new AuditEvent(SamplePeople.START, Kind.SIGNED_IN, null, null, null, null));
      for (String damage :
          List.of(
              "update users set role = 'king'",
              "update api_keys set scopes = array['admin', 'all']",
              "insert into audit_events (happened_at, kind) select happened_at, 'x' from"
                  + " audit_events")) {
        assertThat(TestDatabases.execute(database, damage)).isPositive();
      }

      assertDamaged("user usr_", () -> stores.users().find(ann.id()));
      assertDamaged("user usr_", () -> stores.users().list(null, 10));
      assertDamaged("user usr_", () -> stores.sessions().find(token));
      assertDamaged("key key_", () -> stores.keys().find(key));
      assertDamaged("audit event 2", () -> stores.audit().list(null, 10));

      TestDatabases.execute(database, "update users set role = 'customer', email = 'nobody'");
      assertDamaged("user usr_", () -> stores.users().find(ann.id()));
      TestDatabases.execute(
          database, "update api_keys set scopes = cast(array[] as varchar array)");
      assertDamaged("key key_", () -> stores.keys().list(null, 10));
    }
  }

  private static void assertDamaged(String what, ThrowingCallable reading) {
    assertThatIllegalStateException()
        .isThrownBy(reading)
        .satisfies(damaged ->
            assertThat(damaged.getMessage())
                .startsWith(what)
                .endsWith("is damaged in the database"));
  }
}
