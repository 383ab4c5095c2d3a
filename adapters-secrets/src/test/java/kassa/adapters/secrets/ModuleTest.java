package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModuleTest {

  @Test
  void the_tests_run_in_the_named_module() {
    assertThat(ModuleTest.class.getModule().getName()).isEqualTo("kassa.adapters.secrets");
    assertThat(ModuleTest.class.getModule()).isSameAs(Secrets.class.getModule());
  }
}
