-- Orders are paid, sent and completed, and money is given back for them. A refund is a step of its
-- order: it stands under the version that it made, as does its event. See docs/decisions/0074.
alter table orders add column paid_at timestamp(6) with time zone;

create table refunds (
  order_id uuid not null,
  version integer not null,
  refunded_at timestamp(6) with time zone not null,
  actor varchar,
  reason varchar,
  amount bigint not null,
  shipping bigint not null,
  total bigint not null,
  constraint refunds_by_order primary key (order_id, version)
);

create table refund_lines (
  order_id uuid not null,
  version integer not null,
  position integer not null,
  sku varchar not null,
  units bigint not null,
  amount bigint not null,
  constraint refund_lines_by_refund primary key (order_id, version, position)
);

comment on column orders.paid_at is 'When it was paid, whatever became of it; null if it was not';
comment on column orders.refunded_total is 'The sum of its refunds; at most the total, 0 until paid';
comment on column order_events.what is 'paid, shipped, completed, cancelled or refunded';
comment on table refunds is 'What was given back for each order; amounts in minor units';
comment on column refunds.version is 'That of the order after it, and that of its event';
comment on column refunds.actor is 'Who did it, if that is known';
comment on column refunds.amount is 'What was given back without any unit';
comment on column refunds.shipping is 'What was given back of shipping';
comment on column refunds.total is 'The sum of amount, shipping and the lines';
comment on table refund_lines is 'The units that came back with a refund; amounts in minor units';
comment on column refund_lines.position is 'From 0, as they were sent; each sku stands once';
comment on column refund_lines.units is 'A part of a unit counts as one';
comment on column refund_lines.amount is 'What had been paid for them';
