-- Who asks in SQL: somebody who may read the views and nothing else. The password keeps nobody out
-- who can open the file, so there is none.
create user if not exists kassa_reader password '';

grant select on v1_orders to kassa_reader;
grant select on v1_order_lines to kassa_reader;
grant select on v1_order_discounts to kassa_reader;
grant select on v1_daily_sales to kassa_reader;
grant select on v1_rule_usage to kassa_reader;
grant select on v1_codes to kassa_reader;
grant select on v1_customer_totals to kassa_reader;
