-- Tax on shipping, and the tax in refunds. See docs/decisions/0046.

alter table orders ${add}
  shipping_tax_rate numeric(7, 4)${and}
  shipping_tax_total bigint default 0 not null
${end_add};

comment on column orders.shipping_tax_rate is 'In percent; null if shipping is not taxed';
comment on column orders.shipping_tax_total is 'Included in tax_total';
comment on column orders.shipping_total is
  'Shipping after discounts, with tax; null if nothing is shipped';

alter table refunds ${add}
  tax_total bigint default 0 not null${and}
  shipping_tax bigint default 0 not null
${end_add};

comment on column refunds.shipping_amount is 'Amount refunded for shipping, with tax';
comment on column refunds.tax_total is 'Tax in the total: of lines, shipping and adjustment';
comment on column refunds.shipping_tax is 'Tax in shipping_amount';

alter table refund_lines ${add}
  tax bigint default 0 not null
${end_add};

comment on column refund_lines.tax is 'Tax in the amount';

-- Refunds on their own date.
create index idx_refunds_refunded_at on refunds (refunded_at);

-- The tax of earlier refunds: in proportion to the tax of the order, and to that of the lines.
-- Shares of cumulative amounts add up to the tax of the order.
update refunds set tax_total = (
  select
    round(coalesce((
      select sum(b.total) from refunds b
      where b.order_id = refunds.order_id and b.version <= refunds.version), 0)
      * o.tax_total / nullif(cast(o.total as numeric(38, 10)), 0), 0)
    - round(coalesce((
      select sum(b.total) from refunds b
      where b.order_id = refunds.order_id and b.version < refunds.version), 0)
      * o.tax_total / nullif(cast(o.total as numeric(38, 10)), 0), 0)
  from orders o
  where o.id = refunds.order_id)
where total > 0;

update refund_lines set tax = round(
  coalesce((
    select sum(l.tax_total) from order_lines l
    where l.order_id = refund_lines.order_id and l.sku = refund_lines.sku), 0)
  * amount
  / (
    select cast(sum(l.total) as numeric(38, 10)) from order_lines l
    where l.order_id = refund_lines.order_id and l.sku = refund_lines.sku), 0)
where amount > 0;

-- The views: new columns are at the end. See docs/decisions/0080.

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
    as shipping_tax_total
from orders o;

-- All refunds, including those of cancelled orders.
create view v1_refunds as
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
  r.reason
from refunds r
join orders o on o.id = r.order_id;

-- The refunded units of all refunds, including those of cancelled orders.
create view v1_refund_lines as
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
  cast(l.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4)) as amount
from refund_lines l
left join refunds r on r.order_id = l.order_id and r.version = l.version
left join orders o on o.id = l.order_id;

comment on column v1_orders.shipping_total is 'After discounts, with tax; null if nothing is shipped';
comment on column v1_orders.shipping_tax_rate is 'In percent; null if shipping is not taxed';
comment on column v1_orders.shipping_tax_total is 'Included in tax_total';
comment on view v1_refunds is
  'Refunds, including those of cancelled orders; amounts in the major unit';
comment on column v1_refunds.version is 'Version of the order after the refund';
comment on column v1_refunds.refunded_on is 'Day in UTC';
comment on column v1_refunds.adjustment_amount is 'Amount refunded without returned units';
comment on column v1_refunds.shipping_amount is 'Amount refunded for shipping, with tax';
comment on column v1_refunds.shipping_tax is 'Tax in shipping_amount';
comment on column v1_refunds.tax_total is 'Tax in the total: of lines, shipping and adjustment';
comment on column v1_refunds.total is 'Sum of lines, shipping and adjustment, with tax';
comment on view v1_refund_lines is
  'Refunded units, including those of cancelled orders; amounts in the major unit';
comment on column v1_refund_lines.units is 'A started unit counts as one';
comment on column v1_refund_lines.tax is 'Tax in the amount';
