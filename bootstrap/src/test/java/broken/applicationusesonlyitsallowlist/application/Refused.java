package broken.applicationusesonlyitsallowlist.application;

import broken.applicationusesonlyitsallowlist.adapters.http.Web;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;

/** Uses what is not. */
interface Refused {
  void use(Web web);

  void use(Clock clock);

  void use(Path path);

  void use(List<Logger> list);

  void use(Random random);
}
