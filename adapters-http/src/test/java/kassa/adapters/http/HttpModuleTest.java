package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpModuleTest {

  @Test
  void tests_run_in_the_named_module() {
    assertThat(getClass().getModule().getName()).isEqualTo("kassa.adapters.http");
    assertThat(getClass().getModule()).isSameAs(HttpServer.class.getModule());
  }
}
