package kassa.bootstrap.architecture;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What each rule has to find in the package {@code broken.<name of the rule>}: ArchUnit's sentences
 * in their order, without the name of that package and without line numbers.
 */
final class ExpectedViolations {

  private static final String VIOLATIONS =
      """
      # adaptersAreIndependent
      Slice http depends on Slice persistence:
      Method <adapters.http.Web.use(adapters.persistence.Store)> has parameter of type \
      <adapters.persistence.Store>

      # httpUsesOnlyExceptionsOfDrivenPorts
      Method <adapters.http.Web.use(application.idempotency.IdempotencyStore)> has parameter of \
      type <application.idempotency.IdempotencyStore>
      Method <adapters.http.Web.use(application.port.out.OrderStore)> has parameter of type \
      <application.port.out.OrderStore>

      # layersAreRespected
      Class <stray.Stray> is not contained in architecture
      Method <adapters.http.Web.use(application.internal.Service)> has parameter of type \
      <application.internal.Service>
      Method <adapters.persistence.Store.use(application.port.in.PlaceOrder)> has parameter of type \
      <application.port.in.PlaceOrder>
      Method <client.Sender.use(domain.Thing)> has parameter of type <domain.Thing>
      Method <domain.Thing.use(application.internal.Service)> has parameter of type \
      <application.internal.Service>

      # onlyHttpAndClientUseJson
      Method <bootstrap.Start.use(com.fasterxml.jackson.annotation.JacksonInject)> has parameter \
      of type <com.fasterxml.jackson.annotation.JacksonInject>
      Method <bootstrap.Start.use(tools.jackson.databind.JsonNode)> has parameter of type \
      <tools.jackson.databind.JsonNode>

      # packagesHaveNoCycles
      Cycle detected: Slice domain.order ->
      Slice domain.pricing ->
      Slice domain.order
      1. Dependencies of Slice domain.order
      - Method <domain.order.Order.use(domain.pricing.Price)> has parameter of type \
      <domain.pricing.Price>
      2. Dependencies of Slice domain.pricing
      - Method <domain.pricing.Price.use(domain.order.Order)> has parameter of type \
      <domain.order.Order>

      # onlyPersistenceUsesSql
      Method <bootstrap.Start.use(com.zaxxer.hikari.HikariDataSource)> has parameter of type \
      <com.zaxxer.hikari.HikariDataSource>
      Method <bootstrap.Start.use(java.sql.Connection)> has parameter of type <java.sql.Connection>
      Method <bootstrap.Start.use(javax.sql.DataSource)> has parameter of type \
      <javax.sql.DataSource>
      Method <bootstrap.Start.use(org.flywaydb.core.Flyway)> has parameter of type \
      <org.flywaydb.core.Flyway>
      Method <bootstrap.Start.use(org.h2.mvstore.MVStore)> has parameter of type \
      <org.h2.mvstore.MVStore>
      Method <bootstrap.Start.use(org.jdbi.v3.core.Jdbi)> has parameter of type \
      <org.jdbi.v3.core.Jdbi>

      # onlyHttpUsesWebLibraries
      Method <bootstrap.Start.use(io.javalin.Javalin)> has parameter of type <io.javalin.Javalin>
      Method <bootstrap.Start.use(jakarta.servlet.ServletRequest)> has parameter of type \
      <jakarta.servlet.ServletRequest>
      Method <bootstrap.Start.use(org.eclipse.jetty.server.Server)> has parameter of type \
      <org.eclipse.jetty.server.Server>

      # applicationUsesOnlyItsAllowList
      Method <application.Refused.use(adapters.http.Web)> has parameter of type <adapters.http.Web>
      Method <application.Refused.use(java.nio.file.Path)> has parameter of type \
      <java.nio.file.Path>
      Method <application.Refused.use(java.time.Clock)> has parameter of type <java.time.Clock>
      Method <application.Refused.use(java.util.List)> has generic parameter type \
      <java.util.List<org.slf4j.Logger>> with type argument depending on <org.slf4j.Logger>
      Method <application.Refused.use(java.util.Random)> has parameter of type <java.util.Random>

      # domainFieldsAreFinal
      Field <domain.Counter.all> does not have modifier FINAL
      Field <domain.Counter.one> does not have modifier FINAL

      # domainUsesOnlyItsAllowList
      Method <domain.Refused.use(application.UseCases)> has parameter of type <application.UseCases>
      Method <domain.Refused.use(java.lang.Thread)> has parameter of type <java.lang.Thread>
      Method <domain.Refused.use(java.net.URI)> has parameter of type <java.net.URI>
      Method <domain.Refused.use(java.nio.file.Path)> has parameter of type <java.nio.file.Path>
      Method <domain.Refused.use(java.time.Clock)> has parameter of type <java.time.Clock>
      Method <domain.Refused.use(java.time.InstantSource)> has parameter of type \
      <java.time.InstantSource>
      Method <domain.Refused.use(java.util.List)> has generic parameter type \
      <java.util.List<java.util.concurrent.Semaphore>> with type argument depending on \
      <java.util.concurrent.Semaphore>
      Method <domain.Refused.use(java.util.Random)> has parameter of type <java.util.Random>

      # moneyHasNoFloatingPoint
      Field <domain.Price.rate> is floating
      Field <domain.Price.rates> is floating
      Method <application.Share.use(java.lang.Float)> has parameter of type <java.lang.Float>
      Method <domain.Price.<init>()> computes with FCONST_1
      Method <domain.Price.<init>()> computes with NEWARRAY
      Method <domain.Price.<init>()> computes with Price.rate
      Method <domain.Price.<init>()> computes with Price.rates
      Method <domain.Price.boxed(java.util.List)> has generic parameter type \
      <java.util.List<java.lang.Double>> with type argument depending on <java.lang.Double>
      Method <domain.Price.half(long)> computes with D2L
      Method <domain.Price.half(long)> computes with DMUL
      Method <domain.Price.half(long)> computes with L2D
      Method <domain.Price.half(long)> computes with LDC2_W
      Method <domain.Price.isEven(BigDecimal)> computes with BigDecimal.doubleValue
      Method <domain.Price.isEven(BigDecimal)> computes with DCMPL
      Method <domain.Price.isEven(BigDecimal)> computes with DCONST_0
      Method <domain.Price.isEven(BigDecimal)> computes with DREM
      Method <domain.Price.isEven(BigDecimal)> computes with LDC2_W
      Method <domain.Price.of(long)> computes with DRETURN
      Method <domain.Price.of(long)> computes with L2D
      Method <domain.Price.of(long)> takes or returns what is floating

      # noAmbientClockOrRandomness
      Method <application.AmbientInputs.ids()> references method <java.util.UUID.randomUUID()>
      Method <application.AmbientInputs.order(java.util.List)> calls method \
      <java.util.Collections.shuffle(java.util.List)>
      Method <application.AmbientInputs.randomness()> calls constructor <java.security.SecureRandom.<init>()>
      Method <application.AmbientInputs.randomness()> calls constructor <java.util.Random.<init>()>
      Method <application.AmbientInputs.randomness()> calls constructor <java.util.SplittableRandom.<init>()>
      Method <application.AmbientInputs.randomness()> calls method <java.lang.Math.random()>
      Method <application.AmbientInputs.randomness()> calls method \
      <java.util.concurrent.ThreadLocalRandom.current()>
      Method <application.AmbientInputs.randomness()> calls method \
      <java.util.random.RandomGenerator.getDefault()>
      Method <application.AmbientInputs.time()> calls constructor <java.util.Date.<init>()>
      Method <application.AmbientInputs.time()> calls method <java.lang.System.currentTimeMillis()>
      Method <application.AmbientInputs.time()> calls method <java.lang.System.nanoTime()>
      Method <application.AmbientInputs.time()> calls method <java.time.Clock.systemUTC()>
      Method <application.AmbientInputs.time()> calls method <java.time.Clock.tickSeconds(java.time.ZoneId)>
      Method <application.AmbientInputs.time()> calls method <java.time.Instant.now()>
      Method <application.AmbientInputs.time()> calls method <java.time.InstantSource.system()>
      Method <application.AmbientInputs.time()> calls method <java.time.LocalDate.now(java.time.ZoneId)>
      Method <application.AmbientInputs.time()> calls method <java.time.ZoneId.systemDefault()>
      Method <application.AmbientInputs.timeByReference()> references method <java.time.Instant.now()>
      Method <domain.RandomIdSource.id()> calls method <java.util.UUID.randomUUID()>

      # onlyListedAdapterClassesUseThreads
      Method <adapters.http.Web.run(java.util.concurrent.ExecutorService)> calls method \
      <java.util.concurrent.ExecutorService.shutdown()>
      Method <adapters.http.Web.run(java.util.concurrent.ExecutorService)> has parameter of type \
      <java.util.concurrent.ExecutorService>
      Method <adapters.http.Web.start(java.lang.Runnable)> calls method \
      <java.lang.Thread.ofVirtual()>
      Method <adapters.http.Web.startAnother(java.lang.Runnable)> calls constructor \
      <java.lang.Thread.<init>(java.lang.Runnable)>
      Method <bootstrap.Start.rest()> calls method <java.lang.Thread.sleep(long)>
      Method <client.Sender.rest()> calls method <java.lang.Thread.sleep(long)>

      # onlyListedCoreClassesUseThreads
      Method <application.internal.Service.count()> is synchronized
      Method <application.internal.Service.counted()> is synchronized
      Method <application.internal.Service.leave(java.util.concurrent.Semaphore)> calls method \
      <java.util.concurrent.Semaphore.release()>
      Method <application.internal.Service.leave(java.util.concurrent.Semaphore)> has parameter of \
      type <java.util.concurrent.Semaphore>
      Method <application.internal.Service.lock(java.util.concurrent.locks.Lock)> calls method \
      <java.util.concurrent.locks.Lock.lock()>
      Method <application.internal.Service.lock(java.util.concurrent.locks.Lock)> has parameter of \
      type <java.util.concurrent.locks.Lock>
      Method <application.internal.Service.start(java.lang.Runnable)> calls method \
      <java.lang.Thread.ofVirtual()>
      Method <application.internal.Service.start(java.lang.Runnable)> has return type \
      <java.lang.Thread>
      Method <application.internal.Service.sum(java.util.List)> calls method \
      <java.util.List.parallelStream()>
      Method <domain.Thing.use(java.lang.ThreadLocal)> has generic parameter type \
      <java.lang.ThreadLocal<java.lang.String>> with type argument depending on \
      <java.lang.ThreadLocal>
      Method <domain.Thing.use(java.lang.ThreadLocal)> has parameter of type <java.lang.ThreadLocal>

      # adaptersHideTheirTypes
      Method <bootstrap.Start.use(adapters.http.HttpServer, adapters.http.routing.Router)> has \
      parameter of type <adapters.http.routing.Router>

      # constructorsHaveAtMostNineParameters
      Constructor of <domain.Parts$Ten> has 10 parameters

      # maximumsAreCalledMax
      Field <domain.Limits.MOST_LINES> is called a superlative
      Field <domain.Limits.longestName> is called a superlative
      Parameter <largest> of <domain.Limits.<init>(int)> is called a superlative
      Parameter <mostUnits> of <domain.Limits.allows(int, int)> is called a superlative

      # typeNamesUseTheGlossary
      Class <domain.Names$KeptOrder> is named with a banned word
      Class <domain.Names$OrderFaults> is named with a banned word
      Class <domain.Names$Patience> is named with a banned word

      # publicTypeNamesAreUnique
      Class <domain.order.Status> has the name of another
      Class <domain.rule.Status> has the name of another

      # noInterfaceWithOneImplementation
      Class <domain.Plan> is an interface with one implementation

      # noBannedNameSuffix
      Class <domain.Names$OrderDto> is named with a banned suffix
      Class <domain.Names$OrderHelper> is named with a banned suffix
      Class <domain.Names$OrderImpl> is named with a banned suffix
      Class <domain.Names$OrderManager> is named with a banned suffix
      Class <domain.Names$OrderPort> is named with a banned suffix
      Class <domain.Names$OrderUtil> is named with a banned suffix
      Class <domain.Names$OrderUtils> is named with a banned suffix

      # packagesAreNullMarked
      Package <unmarked> is not @NullMarked

      # portsAreContracts
      Class <application.port.in.PlaceOrder$Service> is not a contract
      Class <application.port.out.Store> is not a contract
      """;

  private ExpectedViolations() {}

  /** The expected violations, a line each, by the name of the rule. */
  static SortedMap<String, String> violations() {
    return Arrays.stream(VIOLATIONS.substring(2).split("\n\n# ", -1))
        .map(section -> section.strip().split("\n", 2))
        .collect(
            Collectors.toMap(
                section -> section[0],
                section -> section[1],
                (one, other) -> {
                  throw new IllegalStateException("one rule is listed twice");
                },
                TreeMap::new));
  }
}
