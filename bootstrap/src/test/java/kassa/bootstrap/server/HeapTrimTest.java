package kassa.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTrimTest {

  private static final long MIN = HeapTrim.MIN_USED_BYTES;

  private long used;
  private long live;
  private int collections;
  private final HeapTrim trim = new HeapTrim(() -> used, this::collect);

  @Test
  void a_small_heap_is_not_collected() {
    assertThat(collectionsAt(MIN)).isZero();
  }

  @Test
  void a_heap_that_grew_is_collected_once() {
    live = MIN / 4;

    assertThat(collectionsAt(MIN + 1)).isOne();
    assertThat(collectionsAt(MIN)).isOne();
    assertThat(collectionsAt(MIN + 1)).isEqualTo(2);
  }

  @Test
  void a_large_heap_is_collected_again_when_it_doubled() {
    live = 3 * MIN;

    assertThat(collectionsAt(4 * MIN)).isOne();
    assertThat(collectionsAt(6 * MIN)).isOne();
    assertThat(collectionsAt(6 * MIN + 1)).isEqualTo(2);
  }

  private int collectionsAt(long usedBytes) {
    used = usedBytes;
    trim.run();
    return collections;
  }

  private void collect() {
    collections++;
    used = live;
  }
}
