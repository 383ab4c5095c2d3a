package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModuleTest {

  @Test
  void the_tests_run_in_the_named_module() {
    assertThat(ModuleTest.class.getModule().getName()).isEqualTo("kassa.client");
    assertThat(ModuleTest.class.getModule()).isSameAs(OrderImport.class.getModule());
  }
}
