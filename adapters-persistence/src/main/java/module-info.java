/**
 * Persistence adapter: stores orders, rules, products and users in H2 or PostgreSQL. Exports {@link
 * kassa.adapters.persistence.Persistence}, the stores, and the administration of the database. No
 * other module uses SQL.
 */
@SuppressWarnings({"module", "requires-automatic"})
module kassa.adapters.persistence {
  requires transitive kassa.application;
  requires com.github.benmanes.caffeine;
  requires com.h2database;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires io.leangen.geantyref;
  requires java.sql;
  requires org.jdbi.v3.core;
  requires static org.checkerframework.checker.qual;
  requires org.postgresql.jdbc;
  requires org.slf4j;

  exports kassa.adapters.persistence;
  exports kassa.adapters.persistence.admin;
}
