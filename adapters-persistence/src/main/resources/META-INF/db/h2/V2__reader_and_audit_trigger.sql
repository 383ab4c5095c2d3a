-- A user for read-only SQL queries: may select from the views and nothing else. It has no password,
-- because a process that can open the database file can read all of it anyway.
create user if not exists kassa_reader password '';

grant select on v1_orders to kassa_reader;
grant select on v1_order_lines to kassa_reader;
grant select on v1_order_discounts to kassa_reader;
grant select on v1_daily_sales to kassa_reader;
grant select on v1_rule_usage to kassa_reader;
grant select on v1_codes to kassa_reader;
grant select on v1_customer_totals to kassa_reader;

-- Makes the audit log append-only. A trigger of H2 is a Java class; this one names a class that does
-- not exist, so that each update and delete fails when H2 tries to load it. truncate is not covered.
-- See docs/decisions/0098.
create force trigger audit_events_append_only before update, delete on audit_events
  call 'audit_events.is.append.only';
