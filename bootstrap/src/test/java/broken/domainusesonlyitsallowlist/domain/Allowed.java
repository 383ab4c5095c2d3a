package broken.domainusesonlyitsallowlist.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.regex.Pattern;

/** Uses what is on the list. */
interface Allowed {
  void use(Instant instant);

  void use(BigDecimal bigDecimal);

  void use(Currency[] currency);

  void use(Pattern pattern);
}
