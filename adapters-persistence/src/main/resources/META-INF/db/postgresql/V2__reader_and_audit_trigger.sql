-- A role for read-only SQL queries: may select from the views and nothing else, and cannot log in;
-- users are granted membership. Roles belong to the whole server, so another database may have created
-- it already. Without the right to create roles the migration continues without it; docs/how-to/query-with-sql.md
-- describes how to create it later.
do $$
declare
  may_create_roles boolean;
  has_role boolean;
begin
  select rolsuper or rolcreaterole into may_create_roles
  from pg_catalog.pg_roles where rolname = current_user;

  if may_create_roles then
    begin
      create role kassa_reader nologin;
    exception when duplicate_object or unique_violation then
      null;
    end;
  end if;

  select count(*) > 0 into has_role from pg_catalog.pg_roles where rolname = 'kassa_reader';
  if has_role then
    if not has_schema_privilege('kassa_reader', current_schema(), 'usage') then
      execute format('grant usage on schema %I to kassa_reader', current_schema());
    end if;
    grant select on
      v1_orders, v1_order_lines, v1_order_discounts, v1_daily_sales, v1_rule_usage, v1_codes,
      v1_customer_totals
    to kassa_reader;
  end if;
end
$$;

-- Makes the audit log append-only, for every user.
create function audit_events_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_events is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function audit_events_append_only();
