package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsModuleTest {

  @Test
  void tests_run_in_the_named_module() {
    assertThat(SecretsModuleTest.class.getModule().getName()).isEqualTo("kassa.adapters.secrets");
    assertThat(SecretsModuleTest.class.getModule()).isSameAs(Secrets.class.getModule());
  }
}
