package broken.domainusesonlyitsallowlist.domain;

import broken.domainusesonlyitsallowlist.application.UseCases;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** Uses what is not. */
interface Refused {
  void use(UseCases door);

  void use(Clock clock);

  void use(InstantSource instantSource);

  void use(Path path);

  void use(URI uRI);

  void use(Random random);

  void use(Thread thread);

  void use(List<Semaphore> list);
}
