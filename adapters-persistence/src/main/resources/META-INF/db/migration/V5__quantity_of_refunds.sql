-- Refunds of parts of a unit: refund_lines.units becomes quantity. See docs/decisions/0131.

alter table refund_lines ${add}
  quantity numeric(16, 3) default 0 not null
${end_add};

update refund_lines set quantity = units;

-- A started unit counted as one: the part of each order line that the units cover, which are
-- taken in the order of the lines, without the part of the refunds before.
update refund_lines set quantity = (
  select sum(c.part)
  from (
    select
      b.order_id, b.version, b.sku,
      least(l.quantity, greatest(0,
        coalesce((
          select sum(e.units) from refund_lines e
          where e.order_id = b.order_id and e.sku = b.sku and e.version <= b.version), 0)
        - coalesce((
          select sum(ceiling(p.quantity)) from order_lines p
          where p.order_id = l.order_id and p.sku = l.sku and p.position < l.position), 0)))
      - least(l.quantity, greatest(0,
        coalesce((
          select sum(e.units) from refund_lines e
          where e.order_id = b.order_id and e.sku = b.sku and e.version < b.version), 0)
        - coalesce((
          select sum(ceiling(p.quantity)) from order_lines p
          where p.order_id = l.order_id and p.sku = l.sku and p.position < l.position), 0)))
      as part
    from refund_lines b
    join order_lines l on l.order_id = b.order_id and l.sku = b.sku
  ) c
  where c.order_id = refund_lines.order_id and c.version = refund_lines.version
    and c.sku = refund_lines.sku)
where exists (
  select 1 from order_lines l
  where l.order_id = refund_lines.order_id and l.sku = refund_lines.sku
    and l.quantity <> floor(l.quantity));

alter table refund_lines alter column quantity drop default;

comment on table refund_lines is 'Returned products of each refund; amounts in minor units';
comment on column refund_lines.quantity is 'Quantity, with up to three decimal places';
comment on column refund_lines.amount is 'Amount that was paid for this quantity';

-- The views: new columns are at the end. See docs/decisions/0080.

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
  cast(ceiling(l.quantity) as bigint) as units,
  o.currency,
  cast(l.tax * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4)) as tax,
  cast(l.amount * cast(power(10, -o.currency_digits) as numeric(5, 4)) as numeric(29, 4)) as amount,
  ${order_public_id} as order_public_id,
  l.quantity
from refund_lines l
left join refunds r on r.order_id = l.order_id and r.version = l.version
left join orders o on o.id = l.order_id;

alter table refund_lines drop column units;

comment on view v1_refund_lines is
  'Refunded products, including those of cancelled orders; amounts in the major unit';
comment on column v1_refund_lines.order_id is 'UUID of the order, v1_orders.id';
comment on column v1_refund_lines.order_number is 'Order number for people';
comment on column v1_refund_lines.order_status is 'Status of the order: placed, cancelled, ...';
comment on column v1_refund_lines.version is
  'Version of the order after the refund; with order_id the key of v1_refunds';
comment on column v1_refund_lines.refunded_at is 'Time of the refund';
comment on column v1_refund_lines.refunded_on is 'Day in UTC of the refund';
comment on column v1_refund_lines.position is 'From 0, in the order of the request';
comment on column v1_refund_lines.sku is 'SKU of the product';
comment on column v1_refund_lines.units is 'The quantity, rounded up; add up quantity instead';
comment on column v1_refund_lines.currency is 'ISO 4217 code';
comment on column v1_refund_lines.tax is 'Tax in the amount';
comment on column v1_refund_lines.amount is 'Amount refunded for this quantity, with tax';
comment on column v1_refund_lines.order_public_id is
  'Id of the order in the API: ord_...; computed, not indexed';
comment on column v1_refund_lines.quantity is 'Quantity, with up to three decimal places';
