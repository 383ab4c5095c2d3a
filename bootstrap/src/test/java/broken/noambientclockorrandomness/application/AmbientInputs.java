package broken.noambientclockorrandomness.application;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Asks for the time, for chance and for ids in every way that is forbidden. */
@SuppressWarnings("JavaUtilDate")
class AmbientInputs {

  List<Object> time() {
    return List.of(
        Instant.now(),
        LocalDate.now(ZoneOffset.UTC),
        Clock.systemUTC(),
        Clock.tickSeconds(ZoneOffset.UTC),
        InstantSource.system(),
        ZoneId.systemDefault(),
        System.currentTimeMillis(),
        System.nanoTime(),
        new Date());
  }

  Supplier<Instant> timeByReference() {
    return Instant::now;
  }

  List<Object> randomness() {
    return List.of(
        Math.random(),
        new Random(),
        new SecureRandom(),
        new SplittableRandom(),
        ThreadLocalRandom.current(),
        RandomGenerator.getDefault());
  }

  void order(List<String> texts) {
    Collections.shuffle(texts);
  }

  Supplier<UUID> ids() {
    return UUID::randomUUID;
  }

  void allowed(InstantSource clock, int[] from, int[] to) {
    System.arraycopy(from, 0, to, Math.min(0, (int) clock.millis()), 1);
  }
}
