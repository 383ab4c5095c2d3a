package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongHashSetTest {

  @Test
  void adds_each_number_once() {
    SplittableRandom random = new SplittableRandom(7);
    LongHashSet set = new LongHashSet();
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      long number = random.nextLong(2, 10_000) << random.nextInt(50);
      assertThat(set.add(number)).isEqualTo(expected.add(number));
      assertThat(set.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void accepts_zero() {
    LongHashSet set = new LongHashSet();

    assertThat(set.add(0)).isTrue();
    assertThat(set.add(0)).isFalse();
  }
}
