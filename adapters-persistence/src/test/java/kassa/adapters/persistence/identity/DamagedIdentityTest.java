package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import kassa.adapters.persistence.TestStores;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.Stores;
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
      Stores stores = TestStores.of(database);
      User ann = TestUsers.insertUser(stores.identity().users(), "ann@example.com", Role.CUSTOMER);
      TokenHash token = TestUsers.nextToken();
      TokenHash key = TestUsers.nextToken();
      stores.identity().sessions().create(TestUsers.session(ann), token);
      stores.identity().apiKeys().add(TestUsers.key("shop", Scope.ADMIN), key);
      stores
          .identity()
          .auditLog()
          .append(new AuditEvent(TestUsers.START, Kind.SIGNED_IN, null, null, null, null));
      for (String damage :
          List.of(
              "update users set role = 'unknown'",
              "update api_keys set scopes = array['admin', 'all']",
              "insert into audit_events (occurred_at, event_type) select occurred_at, 'x' from"
                  + " audit_events")) {
        assertThat(TestDatabases.executeSql(database, damage)).isPositive();
      }

      assertDamaged("user usr_", () -> stores.identity().users().find(ann.id()));
      assertDamaged("user usr_", () -> stores.identity().users().list(null, null, 10));
      assertDamaged("user usr_", () -> stores.identity().sessions().find(token));
      assertDamaged("API key key_", () -> stores.identity().apiKeys().find(key));
      assertDamaged("audit event 2", () -> stores.identity().auditLog().list(null, 10));

      TestDatabases.executeSql(
          database, "update users set role = 'customer', email = 'no-address'");
      assertDamaged("user usr_", () -> stores.identity().users().find(ann.id()));
      TestDatabases.executeSql(
          database, "update api_keys set scopes = cast(array[] as varchar array)");
      assertDamaged("API key key_", () -> stores.identity().apiKeys().list(null, 10));
    }
  }

  private static void assertDamaged(String what, ThrowingCallable read) {
    assertThatIllegalStateException()
        .isThrownBy(read)
        .satisfies(damaged ->
            assertThat(damaged.getMessage())
                .startsWith(what)
                .endsWith("is damaged in the database"));
  }
}
