-- Public ids, metadata, and a comment on each column of the views. New columns are at the end. See
-- docs/decisions/0080 and docs/decisions/0088.

create or replace view v1_orders as
select
  o.id,
  o.number,
  o.status,
  o.customer_id,
  o.customer_group,
  o.channel,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  o.currency,
  cast(o.subtotal * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as subtotal,
  cast(o.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as discount_total,
  cast(o.shipping_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as shipping_total,
  cast(o.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as tax_total,
  cast(o.total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as total,
  cast(o.refunded_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as refunded_total,
  o.prices_include_tax,
  o.shipping_method,
  o.cancel_reason,
  o.updated_at,
  o.shipping_tax_rate,
  cast(
    o.shipping_tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as shipping_tax_total,
  ${order_public_id} as public_id
from orders o;

create or replace view v1_order_lines as
select
  l.order_id,
  o.number as order_number,
  o.status as order_status,
  o.customer_id,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  l.position,
  l.sku,
  l.quantity,
  o.currency,
  l.unit_price,
  l.list_price,
  cast(l.subtotal * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as subtotal,
  cast(l.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as discount_total,
  cast(l.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as tax_total,
  cast(l.total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as total,
  ${order_public_id} as order_public_id
from order_lines l
join orders o on o.id = l.order_id;

create or replace view v1_order_discounts as
select
  d.order_id,
  o.number as order_number,
  o.status as order_status,
  o.customer_id,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  nullif(d.line_position, -1) as line_position,
  l.sku,
  d.rule_id,
  d.rule_version,
  d.label,
  d.code,
  o.currency,
  cast(d.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as amount,
  ${order_public_id} as order_public_id,
  ${discount_rule_public_id} as rule_public_id
from order_discounts d
join orders o on o.id = d.order_id
left join order_lines l on l.order_id = d.order_id and l.position = d.line_position;

create or replace view v1_refunds as
select
  r.order_id,
  o.number as order_number,
  o.status as order_status,
  o.customer_id,
  r.version,
  r.refunded_at,
  date '1970-01-01' + cast(floor(extract(epoch from r.refunded_at) / 86400) as integer)
    as refunded_on,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  o.currency,
  cast(
    r.adjustment_amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as adjustment_amount,
  cast(r.shipping_amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as shipping_amount,
  cast(r.shipping_tax * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as shipping_tax,
  cast(r.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as tax_total,
  cast(r.total * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as total,
  r.reason,
  ${order_public_id} as order_public_id
from refunds r
join orders o on o.id = r.order_id;

create or replace view v1_refund_lines as
select
  l.order_id,
  o.number as order_number,
  o.status as order_status,
  l.version,
  r.refunded_at,
  date '1970-01-01' + cast(floor(extract(epoch from r.refunded_at) / 86400) as integer)
    as refunded_on,
  l.position,
  l.sku,
  l.units,
  o.currency,
  cast(l.tax * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4)) as tax,
  cast(l.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4)) as amount,
  ${order_public_id} as order_public_id
from refund_lines l
left join refunds r on r.order_id = l.order_id and r.version = l.version
left join orders o on o.id = l.order_id;

create or replace view v1_rule_usage as
select
  r.id as rule_id,
  p.content as name,
  r.status,
  r.version,
  r.needs_code,
  u.currency,
  count(u.order_id) filter (where o.status <> 'cancelled') as orders,
  count(u.order_id) filter (where o.status = 'cancelled') as cancelled_orders,
  count(distinct u.customer_id) filter (where o.status <> 'cancelled') as customers,
  cast(coalesce(sum(u.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as discount_total,
  min(u.redeemed_at) filter (where o.status <> 'cancelled') as first_used_at,
  max(u.redeemed_at) filter (where o.status <> 'cancelled') as last_used_at,
  ${rule_public_id} as rule_public_id
from rules r
left join rule_definition_values p
  on p.rule_id = r.id and p.version = r.version and p.json_pointer = '/name'
left join redemptions u on u.rule_id = r.id
left join orders o on o.id = u.order_id
group by r.id, p.content, r.status, r.version, r.needs_code, u.currency;

create or replace view v1_codes as
select
  c.code,
  c.rule_id,
  p.content as rule_name,
  r.status as rule_status,
  c.max_uses,
  c.created_at,
  count(u.order_id) filter (where o.status <> 'cancelled') as orders,
  count(u.order_id) filter (where o.status = 'cancelled') as cancelled_orders,
  max(u.redeemed_at) filter (where o.status <> 'cancelled') as last_used_at,
  ${rule_public_id} as rule_public_id
from codes c
join rules r on r.id = c.rule_id
left join rule_definition_values p
  on p.rule_id = r.id and p.version = r.version and p.json_pointer = '/name'
left join redemptions u on u.normalized_code = c.normalized_code and u.rule_id = c.rule_id
left join orders o on o.id = u.order_id
group by c.code, c.rule_id, r.id, p.content, r.status, c.max_uses, c.created_at;

-- The metadata of all orders, including cancelled ones. An order has at most 50 entries.
create view v1_order_metadata as
select
  o.id as order_id,
  o.number as order_number,
  o.status as order_status,
  o.placed_at,
  o.metadata_keys[n.position] as metadata_name,
  o.metadata_values[n.position] as metadata_value,
  ${order_public_id} as order_public_id
from orders o
join (
  values
    (1), (2), (3), (4), (5), (6), (7), (8), (9), (10),
    (11), (12), (13), (14), (15), (16), (17), (18), (19), (20),
    (21), (22), (23), (24), (25), (26), (27), (28), (29), (30),
    (31), (32), (33), (34), (35), (36), (37), (38), (39), (40),
    (41), (42), (43), (44), (45), (46), (47), (48), (49), (50)
) as n(position) on n.position <= cardinality(o.metadata_keys);

comment on view v1_order_metadata is
  'Metadata of orders, one row for each entry; including cancelled orders';

comment on column v1_orders.id is 'UUID of the order, indexed; order_id in other views';
comment on column v1_orders.number is 'Order number for people, indexed';
comment on column v1_orders.status is 'placed, paid, shipped, completed or cancelled';
comment on column v1_orders.customer_id is 'Customer of the order; null for an anonymous customer';
comment on column v1_orders.customer_group is 'Group of the customer; null if unknown';
comment on column v1_orders.channel is 'Sales channel; null if not given';
comment on column v1_orders.placed_at is 'Time when the order was placed';
comment on column v1_orders.placed_on is 'Day in UTC when the order was placed';
comment on column v1_orders.currency is 'ISO 4217 code';
comment on column v1_orders.subtotal is 'Before discounts';
comment on column v1_orders.discount_total is 'Discounts on lines and shipping';
comment on column v1_orders.shipping_total is
  'Shipping after discounts, with tax; null if nothing is shipped';
comment on column v1_orders.tax_total is 'Tax in the total';
comment on column v1_orders.total is 'After discounts, with tax and shipping';
comment on column v1_orders.refunded_total is 'Sum of the refunds';
comment on column v1_orders.prices_include_tax is 'Whether line prices are gross prices';
comment on column v1_orders.shipping_method is 'Null if not given';
comment on column v1_orders.cancel_reason is 'Null if not cancelled, or without a reason';
comment on column v1_orders.updated_at is 'Time of the last change';
comment on column v1_orders.shipping_tax_rate is 'In percent; null if shipping is not taxed';
comment on column v1_orders.shipping_tax_total is 'Included in tax_total';
comment on column v1_orders.public_id is
  'Id of the order in the API: ord_...; computed, not indexed';

comment on column v1_order_lines.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_order_lines.order_number is 'Order number for people';
comment on column v1_order_lines.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_order_lines.customer_id is
  'Customer of the order; null for an anonymous customer';
comment on column v1_order_lines.placed_at is 'Time when the order was placed';
comment on column v1_order_lines.placed_on is 'Day in UTC when the order was placed';
comment on column v1_order_lines.position is 'From 0, in the order of the cart';
comment on column v1_order_lines.sku is 'SKU of the product';
comment on column v1_order_lines.quantity is 'Quantity, with up to three decimal places';
comment on column v1_order_lines.currency is 'ISO 4217 code';
comment on column v1_order_lines.unit_price is 'Price of one unit';
comment on column v1_order_lines.list_price is 'Price before a price reduction; null if not given';
comment on column v1_order_lines.subtotal is 'Before discounts';
comment on column v1_order_lines.discount_total is 'Discounts on the line';
comment on column v1_order_lines.tax_total is 'Tax on the line';
comment on column v1_order_lines.total is 'After discounts; with tax if prices include tax';
comment on column v1_order_lines.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';

comment on column v1_order_discounts.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_order_discounts.order_number is 'Order number for people';
comment on column v1_order_discounts.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_order_discounts.customer_id is
  'Customer of the order; null for an anonymous customer';
comment on column v1_order_discounts.placed_at is 'Time when the order was placed';
comment on column v1_order_discounts.placed_on is 'Day in UTC when the order was placed';
comment on column v1_order_discounts.line_position is 'Position of the line; null for shipping';
comment on column v1_order_discounts.sku is 'SKU of the line; null for shipping';
comment on column v1_order_discounts.rule_id is 'UUID of the rule';
comment on column v1_order_discounts.rule_version is 'Version of the rule that gave the discount';
comment on column v1_order_discounts.label is 'Name of the rule when the order was placed';
comment on column v1_order_discounts.code is
  'Code that activated the rule, as the customer entered it; null without a code';
comment on column v1_order_discounts.currency is 'ISO 4217 code';
comment on column v1_order_discounts.amount is 'Greater than zero';
comment on column v1_order_discounts.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_order_discounts.rule_public_id is
  'Id of the rule in the API: rul_...; computed, not indexed';

comment on column v1_refunds.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_refunds.order_number is 'Order number for people';
comment on column v1_refunds.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_refunds.customer_id is 'Customer of the order; null for an anonymous customer';
comment on column v1_refunds.version is 'Version of the order after the refund';
comment on column v1_refunds.refunded_at is 'Time of the refund';
comment on column v1_refunds.refunded_on is 'Day in UTC of the refund';
comment on column v1_refunds.placed_at is 'Time when the order was placed';
comment on column v1_refunds.placed_on is 'Day in UTC when the order was placed';
comment on column v1_refunds.currency is 'ISO 4217 code';
comment on column v1_refunds.adjustment_amount is 'Amount refunded without returned units';
comment on column v1_refunds.shipping_amount is 'Amount refunded for shipping, with tax';
comment on column v1_refunds.shipping_tax is 'Tax in shipping_amount';
comment on column v1_refunds.tax_total is 'Tax in the total: of lines, shipping and adjustment';
comment on column v1_refunds.total is 'Sum of lines, shipping and adjustment, with tax';
comment on column v1_refunds.reason is 'Null if not given';
comment on column v1_refunds.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';

comment on column v1_refund_lines.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_refund_lines.order_number is 'Order number for people';
comment on column v1_refund_lines.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_refund_lines.version is
  'Version of the order after the refund; with order_id the key of v1_refunds';
comment on column v1_refund_lines.refunded_at is 'Time of the refund';
comment on column v1_refund_lines.refunded_on is 'Day in UTC of the refund';
comment on column v1_refund_lines.position is 'From 0, in the order of the request';
comment on column v1_refund_lines.sku is 'SKU of the product';
comment on column v1_refund_lines.units is 'A started unit counts as one';
comment on column v1_refund_lines.currency is 'ISO 4217 code';
comment on column v1_refund_lines.tax is 'Tax in the amount';
comment on column v1_refund_lines.amount is 'Amount refunded for these units, with tax';
comment on column v1_refund_lines.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';

comment on column v1_order_metadata.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_order_metadata.order_number is 'Order number for people';
comment on column v1_order_metadata.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_order_metadata.placed_at is 'Time when the order was placed';
comment on column v1_order_metadata.metadata_name is 'Name of the entry';
comment on column v1_order_metadata.metadata_value is 'Value of the entry';
comment on column v1_order_metadata.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';

comment on column v1_daily_sales.sold_on is 'Day in UTC';
comment on column v1_daily_sales.currency is 'ISO 4217 code';
comment on column v1_daily_sales.orders is 'Number of orders that are not cancelled';
comment on column v1_daily_sales.cancelled_orders is 'Number of cancelled orders';
comment on column v1_daily_sales.subtotal is 'Before discounts';
comment on column v1_daily_sales.discount_total is 'Discounts on lines and shipping';
comment on column v1_daily_sales.shipping_total is
  'Shipping after discounts, with tax; null if nothing is shipped';
comment on column v1_daily_sales.tax_total is 'Tax in the total';
comment on column v1_daily_sales.total is 'After discounts, with tax and shipping';
comment on column v1_daily_sales.refunded_total is 'Sum of the refunds';

comment on column v1_rule_usage.rule_id is 'UUID of the rule';
comment on column v1_rule_usage.name is 'Name of the rule';
comment on column v1_rule_usage.status is 'Status of the rule: draft, active, ...';
comment on column v1_rule_usage.version is 'Current version of the rule';
comment on column v1_rule_usage.needs_code is 'Whether the rule needs a code';
comment on column v1_rule_usage.currency is 'ISO 4217 code; null for a rule that was never used';
comment on column v1_rule_usage.orders is 'Number of orders that are not cancelled';
comment on column v1_rule_usage.cancelled_orders is 'Number of cancelled orders';
comment on column v1_rule_usage.customers is 'Number of different customers';
comment on column v1_rule_usage.discount_total is 'Discounts of the rule on lines and shipping';
comment on column v1_rule_usage.first_used_at is 'Time of the first use; null if never used';
comment on column v1_rule_usage.last_used_at is 'Time of the last use; null if never used';
comment on column v1_rule_usage.rule_public_id is
  'Id of the rule in the API: rul_...; computed, not indexed';

comment on column v1_codes.code is 'The code as it was created';
comment on column v1_codes.rule_id is 'UUID of the rule';
comment on column v1_codes.rule_name is 'Name of the rule';
comment on column v1_codes.rule_status is 'Status of the rule: draft, active, ...';
comment on column v1_codes.max_uses is 'Null if only the limit of the rule applies';
comment on column v1_codes.created_at is 'Time when the code was created';
comment on column v1_codes.orders is 'Number of orders that are not cancelled';
comment on column v1_codes.cancelled_orders is 'Number of cancelled orders';
comment on column v1_codes.last_used_at is 'Time of the last use; null if never used';
comment on column v1_codes.rule_public_id is
  'Id of the rule in the API: rul_...; computed, not indexed';

comment on column v1_customer_totals.customer_id is 'Id of the customer';
comment on column v1_customer_totals.currency is 'ISO 4217 code';
comment on column v1_customer_totals.orders is 'Number of orders that are not cancelled';
comment on column v1_customer_totals.cancelled_orders is 'Number of cancelled orders';
comment on column v1_customer_totals.discount_total is 'Discounts on lines and shipping';
comment on column v1_customer_totals.total is 'Sum of the totals of the orders';
comment on column v1_customer_totals.refunded_total is 'Sum of the refunds';
comment on column v1_customer_totals.first_order_at is
  'Time of the first order that is not cancelled';
comment on column v1_customer_totals.last_order_at is
  'Time of the last order that is not cancelled';
