-- What sorts orders by time holds their total as well, and the other way round: orders are searched
-- in indexes alone, and only those of the page are read. See docs/decisions/0070.

drop index orders_newest_first;
create index orders_newest_first on orders (placed_at desc, id desc, total_amount);
drop index orders_by_total;
create index orders_by_total on orders (total_amount desc, id desc, placed_at);
drop index orders_of_customer;
create index orders_of_customer on orders (customer_id, placed_at desc, id desc, total_amount);
drop index orders_of_status;
create index orders_of_status on orders (status, placed_at desc, id desc, total_amount);
drop index orders_of_currency;
create index orders_of_currency on orders (currency, placed_at desc, id desc, total_amount);
drop index orders_of_currency_by_total;
create index orders_of_currency_by_total on orders (
  currency, total_amount desc, id desc, placed_at);

drop index order_lines_of_sku;
create index order_lines_of_sku on order_lines (
  sku, placed_at desc, order_id desc, position, order_total);
drop index order_lines_of_sku_by_total;
create index order_lines_of_sku_by_total on order_lines (
  sku, order_total desc, order_id desc, position, placed_at);

drop index redemptions_of_rule;
create index redemptions_of_rule on redemptions (
  rule_id, redeemed_at desc, order_id desc, order_total);
drop index redemptions_of_rule_by_total;
create index redemptions_of_rule_by_total on redemptions (
  rule_id, order_total desc, order_id desc, redeemed_at);
drop index redemptions_with_code;
create index redemptions_with_code on redemptions (
  code_key, redeemed_at desc, order_id desc, order_total);
drop index redemptions_with_code_by_total;
create index redemptions_with_code_by_total on redemptions (
  code_key, order_total desc, order_id desc, redeemed_at);
