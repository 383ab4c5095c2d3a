-- What orders are searched by, and what happened to them. Each index serves lists of one kind, which
-- it sorts as well: what is looked for comes first, then the time, then the id. See
-- docs/decisions/0070.

-- The total as a number, so that totals of all currencies have one order.
alter table orders add column total_amount numeric(23, 4) generated always as (
  cast(
    total * case currency_digits
      when 0 then 1.0000 when 1 then 0.1000 when 2 then 0.0100 when 3 then 0.0010 else 0.0001
    end as numeric(23, 4))) ${stored};

create index orders_by_total on orders (total_amount desc, id desc);

create index orders_of_status on orders (status, placed_at desc, id desc);

create index orders_of_currency on orders (currency, placed_at desc, id desc);

drop index orders_of_customer;

create index orders_of_customer on orders (customer_id, placed_at desc, id desc);

-- Lines know when their order was placed, so that an index can sort the orders of a sku.
alter table order_lines add column placed_at timestamp(6) with time zone;

update order_lines set placed_at =
  (select o.placed_at from orders o where o.id = order_lines.order_id);

alter table order_lines alter column placed_at set not null;

-- The beginnings of skus are looked for in a range, which the language of the cluster must not
-- shuffle.
alter table order_lines alter column sku ${bytewise};

create index order_lines_of_sku on order_lines (sku, placed_at desc, order_id desc);

create index redemptions_of_rule on redemptions (rule_id, redeemed_at desc, order_id desc);

drop index redemptions_with_code;

create index redemptions_with_code on redemptions (code_key, redeemed_at desc, order_id desc);

-- What happened to an order since it was placed. That it was placed stands in the order itself.
create table order_events (
  order_id uuid not null,
  version integer not null,
  happened_at timestamp(6) with time zone not null,
  actor varchar,
  what varchar not null,
  status_before varchar not null,
  status_after varchar not null,
  reason varchar,
  constraint order_events_by_order primary key (order_id, version)
);

insert into order_events (
  order_id, version, happened_at, what, status_before, status_after, reason)
select id, version, updated_at, 'cancelled', 'placed', 'cancelled', cancel_reason
from orders where status = 'cancelled';

comment on column orders.total_amount is 'The total in the major unit, for comparing';
comment on column order_lines.placed_at is 'That of the order';
comment on table order_events is 'What happened to each order since it was placed';
comment on column order_events.version is 'That of the order after the event';
comment on column order_events.actor is 'Who did it, if that is known';
comment on column order_events.what is 'cancelled';
