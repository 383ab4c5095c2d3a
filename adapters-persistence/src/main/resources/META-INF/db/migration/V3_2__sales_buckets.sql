-- Sums of sales, so that a report does not read every order. See docs/decisions/0047.
create table sales_buckets (
  id bigint generated always as identity not null constraint pk_sales_buckets primary key,
  quarter_hour bigint not null,
  currency varchar(3) not null,
  orders bigint not null,
  units numeric(38, 3) not null,
  gross numeric(38) not null,
  discounts numeric(38) not null,
  net numeric(38) not null,
  tax numeric(38) not null,
  refunds numeric(38) not null,
  refunded_tax numeric(38) not null,
  refunds_by_date numeric(38) not null,
  refunded_tax_by_date numeric(38) not null
);

create index idx_sales_buckets_quarter_hour on sales_buckets (quarter_hour);

comment on table sales_buckets is
  'Sales without cancelled orders, to be added up: one or more rows for each quarter of an hour and currency';
comment on column sales_buckets.quarter_hour is 'Quarters of an hour since 1970-01-01, in UTC';
comment on column sales_buckets.orders is 'By placement; negative if orders were cancelled';
comment on column sales_buckets.gross is 'Lines and shipping before discounts; minor units';
comment on column sales_buckets.refunds is 'Refunds of the orders placed in this time';
comment on column sales_buckets.refunds_by_date is 'Refunds made in this time';

insert into sales_buckets (
  quarter_hour, currency, orders, units, gross, discounts, net, tax,
  refunds, refunded_tax, refunds_by_date, refunded_tax_by_date)
select
  quarter_hour, currency, sum(orders), sum(units), sum(gross), sum(discounts), sum(net), sum(tax),
  sum(refunds), sum(refunded_tax), sum(refunds_by_date), sum(refunded_tax_by_date)
from (
  select
    cast(floor(extract(epoch from o.placed_at) / 900) as bigint) as quarter_hour, o.currency,
    1 as orders, cast(0 as numeric(12, 3)) as units,
    o.subtotal + coalesce(o.shipping_amount, 0) as gross, o.discount_total as discounts,
    o.total - o.tax_total as net, o.tax_total as tax, o.refunded_total as refunds,
    0 as refunded_tax, 0 as refunds_by_date, 0 as refunded_tax_by_date
  from orders o
  where o.status <> 'cancelled'
  union all
  select
    cast(floor(extract(epoch from o.placed_at) / 900) as bigint), o.currency,
    0, l.quantity, 0, 0, 0, 0, 0, 0, 0, 0
  from order_lines l
  join orders o on o.id = l.order_id
  where o.status <> 'cancelled'
  union all
  select
    cast(floor(extract(epoch from o.placed_at) / 900) as bigint), o.currency,
    0, 0, 0, 0, 0, 0, 0, r.tax_total, 0, 0
  from refunds r
  join orders o on o.id = r.order_id
  where o.status <> 'cancelled'
  union all
  select
    cast(floor(extract(epoch from r.refunded_at) / 900) as bigint), o.currency,
    0, 0, 0, 0, 0, 0, 0, 0, r.total, r.tax_total
  from refunds r
  join orders o on o.id = r.order_id
  where o.status <> 'cancelled'
) s
group by quarter_hour, currency;
