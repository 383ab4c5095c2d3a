package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.UseCases;
import kassa.application.port.out.identity.TokenHash;
import kassa.contract.fixture.TestUsers;
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
  void reading_a_damaged_row_throws() {
    try (Database database = TestDatabases.openNew(Dialect.H2, folder)) {
      UseCases.Stores stores = TestDatabases.stores(database);
      User ann = TestUsers.insertUser(stores.users(), "ann@example.com", Role.CUSTOMER);
      TokenHash token = TestUsers.nextToken();
      TokenHash key = TestUsers.nextToken();
      stores.sessions().create(TestUsers.session(ann), token);
      stores.apiKeys().add(TestUsers.key("shop", Scope.ADMIN), key);
      stores
          .auditLog()
          .append(new AuditEvent(TestUsers.START, Kind.SIGNED_IN, null, null, null, null));
      for (String damage :
          List.of(
              "update users set role = 'king'",
              "update api_keys set scopes = array['admin', 'all']",
              "insert into audit_events (occurred_at, event_type) select occurred_at, 'x' from"
                  + " audit_events")) {
        assertThat(TestDatabases.executeSql(database, damage)).isPositive();
      }

      assertDamaged("user usr_", () -> stores.users().find(ann.id()));
      assertDamaged("user usr_", () -> stores.users().list(null, 10));
      assertDamaged("user usr_", () -> stores.sessions().find(token));
      assertDamaged("key key_", () -> stores.apiKeys().find(key));
      assertDamaged("audit event 2", () -> stores.auditLog().list(null, 10));

      TestDatabases.executeSql(database, "update users set role = 'customer', email = 'nobody'");
      assertDamaged("user usr_", () -> stores.users().find(ann.id()));
      TestDatabases.executeSql(
          database, "update api_keys set scopes = cast(array[] as varchar array)");
      assertDamaged("key key_", () -> stores.apiKeys().list(null, 10));
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
