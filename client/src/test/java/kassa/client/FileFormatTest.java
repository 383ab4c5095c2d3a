package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatTest {

  @ParameterizedTest
  @CsvSource({
    "a.csv, CSV",
    "a.b.CSV, CSV",
    "a.tsv, CSV",
    "a.ndjson, NDJSON",
    "a.jsonl, NDJSON",
    "a.JSON, NDJSON"
  })
  void extension_names_the_format(String name, FileFormat format) {
    assertThat(FileFormat.fromFileName(name)).contains(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.xlsx", "a.", "orders", ""})
  void other_extensions_name_no_format(String name) {
    assertThat(FileFormat.fromFileName(name)).isEmpty();
  }
}
