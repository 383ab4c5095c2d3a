-- The interface for SQL: views whose names, columns and types stay as they are for as long as their
-- version does. What has to change gets a view of the next version beside it. See
-- docs/decisions/0080.
--
-- Amounts are in the major unit of their currency. Days are those of UTC: what was placed from
-- 00:00 up to 24:00 of it. The days are counted from the epoch because casts follow the time zone
-- of the session.

-- Every order, those that were cancelled too.
create view v1_orders as
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
  o.updated_at
from orders o;

-- Every line of every order, those of cancelled orders too.
create view v1_order_lines as
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
    as total
from order_lines l
join orders o on o.id = l.order_id;

-- What each rule took off each line and off shipping, of cancelled orders too. Shipping has neither
-- a line nor a sku.
create view v1_order_discounts as
select
  d.order_id,
  o.number as order_number,
  o.status as order_status,
  o.customer_id,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as placed_on,
  d.line_position,
  l.sku,
  d.rule_id,
  d.rule_version,
  d.label,
  d.code,
  o.currency,
  cast(d.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
    as amount
from order_discounts d
join orders o on o.id = d.order_id
join order_lines l on l.order_id = d.order_id and l.position = d.line_position
union all
select
  s.order_id,
  o.number,
  o.status,
  o.customer_id,
  o.placed_at,
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer),
  cast(null as integer),
  cast(null as varchar),
  s.rule_id,
  s.rule_version,
  s.label,
  s.code,
  o.currency,
  cast(s.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4))
from order_shipping_discounts s
join orders o on o.id = s.order_id;

-- What was sold on each day of UTC in each currency. Cancelled orders are counted apart, on the day
-- on which they were placed, and are in no sum. Discounts are those on lines and on shipping.
create view v1_daily_sales as
select
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer) as sold_on,
  o.currency,
  count(*) filter (where o.status <> 'cancelled') as orders,
  count(*) filter (where o.status = 'cancelled') as cancelled_orders,
  cast(coalesce(sum(o.subtotal * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as subtotal,
  cast(coalesce(sum(o.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as discount_total,
  cast(coalesce(sum(o.shipping_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as shipping_total,
  cast(coalesce(sum(o.tax_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as tax_total,
  cast(coalesce(sum(o.total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as total,
  cast(coalesce(sum(o.refunded_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as refunded_total
from orders o
group by
  date '1970-01-01' + cast(floor(extract(epoch from o.placed_at) / 86400) as integer),
  o.currency;

-- What each rule was used for in each currency. A rule that no order ever used has one row without
-- a currency. Cancelled orders are counted apart and are in no sum.
create view v1_rule_usage as
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
  max(u.redeemed_at) filter (where o.status <> 'cancelled') as last_used_at
from rules r
left join rule_parts p on p.rule_id = r.id and p.version = r.version and p.pointer = '/name'
left join redemptions u on u.rule_id = r.id
left join orders o on o.id = u.order_id
group by r.id, p.content, r.status, r.version, r.needs_code, u.currency;

-- Every code, with the orders that use it. Cancelled orders are counted apart.
create view v1_codes as
select
  c.code,
  c.rule_id,
  p.content as rule_name,
  r.status as rule_status,
  c.max_uses,
  c.created_at,
  count(u.order_id) filter (where o.status <> 'cancelled') as orders,
  count(u.order_id) filter (where o.status = 'cancelled') as cancelled_orders,
  max(u.redeemed_at) filter (where o.status <> 'cancelled') as last_used_at
from codes c
join rules r on r.id = c.rule_id
left join rule_parts p on p.rule_id = r.id and p.version = r.version and p.pointer = '/name'
left join redemptions u on u.code_key = c.code_key and u.rule_id = c.rule_id
left join orders o on o.id = u.order_id
group by c.code, c.rule_id, p.content, r.status, c.max_uses, c.created_at;

-- What each customer bought in each currency. Orders that name no customer are nobody's. Cancelled
-- orders are counted apart and are in no sum, nor the first or the last.
create view v1_customer_totals as
select
  o.customer_id,
  o.currency,
  count(*) filter (where o.status <> 'cancelled') as orders,
  count(*) filter (where o.status = 'cancelled') as cancelled_orders,
  cast(coalesce(sum(o.discount_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as discount_total,
  cast(coalesce(sum(o.total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as total,
  cast(coalesce(sum(o.refunded_total * cast(power(10, -o.currency_digits) as numeric(5, 4)))
    filter (where o.status <> 'cancelled'), 0) as numeric(29, 4)) as refunded_total,
  min(o.placed_at) filter (where o.status <> 'cancelled') as first_order_at,
  max(o.placed_at) filter (where o.status <> 'cancelled') as last_order_at
from orders o
where o.customer_id is not null
group by o.customer_id, o.currency;

comment on view v1_orders is 'Every order, cancelled ones too; amounts in major units';
comment on column v1_orders.placed_on is 'The day of UTC';
comment on column v1_orders.discount_total is 'Off lines and off shipping';
comment on column v1_orders.shipping_total is 'After discounts; null if nothing is brought';
comment on view v1_order_lines is 'Every line, of cancelled orders too; amounts in major units';
comment on column v1_order_lines.position is 'From 0, in the order of the cart';
comment on column v1_order_lines.order_status is 'That of the order: placed, cancelled, ...';
comment on view v1_order_discounts is 'What each rule took off, of cancelled orders too';
comment on column v1_order_discounts.line_position is 'Null for shipping';
comment on column v1_order_discounts.amount is 'Above zero, in the major unit';
comment on view v1_daily_sales is 'Sums of a day of UTC; cancelled orders are only counted';
comment on column v1_daily_sales.orders is 'Those that were not cancelled';
comment on column v1_daily_sales.discount_total is 'Off lines and off shipping';
comment on view v1_rule_usage is 'Each rule and currency; cancelled orders are only counted';
comment on column v1_rule_usage.currency is 'Null for a rule that was never used';
comment on column v1_rule_usage.discount_total is 'Off lines and off shipping';
comment on view v1_codes is 'Each code; cancelled orders are only counted';
comment on column v1_codes.max_uses is 'The limit of its rule if null';
comment on view v1_customer_totals is 'Each customer and currency; cancelled orders only counted';
