-- Lists that are sorted by total walk an index for a sku, a code, a rule or a currency as well:
-- orders that have it may be the cheapest or the dearest of all, and would be met late among them.
-- See docs/decisions/0070.

alter table order_lines add column order_total numeric(23, 4);

update order_lines set order_total =
  (select o.total_amount from orders o where o.id = order_lines.order_id);

alter table order_lines alter column order_total set not null;

create index order_lines_of_sku_by_total on order_lines (sku, order_total desc, order_id desc);

alter table redemptions add column order_total numeric(23, 4);

update redemptions set order_total =
  (select o.total_amount from orders o where o.id = redemptions.order_id);

alter table redemptions alter column order_total set not null;

create index redemptions_of_rule_by_total on redemptions (rule_id, order_total desc, order_id desc);

create index redemptions_with_code_by_total on redemptions (
  code_key, order_total desc, order_id desc);

create index orders_of_currency_by_total on orders (currency, total_amount desc, id desc);

comment on column order_lines.order_total is 'The total_amount of the order';
comment on column redemptions.order_total is 'The total_amount of the order';
