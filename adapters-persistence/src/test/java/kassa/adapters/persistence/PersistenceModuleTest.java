package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersistenceModuleTest {

  @Test
  void the_tests_run_in_the_named_module() {
    assertThat(PersistenceModuleTest.class.getModule().getName())
        .isEqualTo("kassa.adapters.persistence");
    assertThat(PersistenceModuleTest.class.getModule()).isSameAs(Persistence.class.getModule());
  }
}
