-- A role for those who ask in SQL: it may read the views and nothing else, and nobody can log in as
-- it; users become members of it. It belongs to the whole server, so that another database may have
-- made it already. Whoever migrates and may not make roles goes on without it; docs/operations.md
-- says how to add it later.
do $$
declare
  may_make_roles boolean;
  has_role boolean;
begin
  select rolsuper or rolcreaterole into may_make_roles
  from pg_catalog.pg_roles where rolname = current_user;

  if may_make_roles then
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
