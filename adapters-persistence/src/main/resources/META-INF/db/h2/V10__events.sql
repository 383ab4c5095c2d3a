-- Events, written in the transaction of each change. See docs/decisions/0171. Transactions that write
-- are one after another, so the position is the order of the commits.
create table events (
  position bigint generated always as identity not null constraint pk_events primary key,
  event_id uuid not null,
  event_type varchar not null,
  subject_id uuid,
  sku varchar,
  version integer,
  actor varchar,
  occurred_at timestamp(6) with time zone not null,
  data varchar
);

create table event_log (
  purged_transaction bigint default 0 not null,
  purged_position bigint default 0 not null,
  purged_check bigint default 0 not null
);

insert into event_log (purged_transaction) values (0);

create view v1_events as
select
  e.position,
  e.event_id as id,
  e.event_type,
  e.subject_id,
  e.sku,
  e.version,
  e.actor,
  e.occurred_at,
  ${event_public_id} as public_id
from events e;

grant select on v1_events to kassa_reader;

comment on table events is 'Events: what changed, in the order of the changes';
comment on column events.event_id is 'UUID of the event; that of the order for order.placed';
comment on column events.event_type is 'order.placed, rule.updated, ...';
comment on column events.subject_id is 'UUID of the order, rule or user; null for products';
comment on column events.sku is 'SKU of the product; null for all other subjects';
comment on column events.version is 'Version of the order, product or user, revision of the rule';
comment on column events.data is
  'What cannot be read from other tables: fields separated by tabs, as in orders.pricing_trace';
comment on table event_log is 'One row: the newest event that was deleted after its retention';
comment on column event_log.purged_check is 'Lower half of the UUID of that event';
comment on view v1_events is 'Events that are still stored, without their data';
comment on column v1_events.position is 'Order of the events';
comment on column v1_events.id is 'UUID of the event';
comment on column v1_events.event_type is 'order.placed, rule.updated, ...';
comment on column v1_events.subject_id is 'UUID of the order, rule or user; null for products';
comment on column v1_events.sku is 'SKU of the product; null for all other subjects';
comment on column v1_events.version is
  'Version of the order, product or user, revision of the rule; null for codes and limits';
comment on column v1_events.actor is
  'Who changed it: usr_..., key_... or local_operator; null if unknown';
comment on column v1_events.occurred_at is 'Time of the change';
comment on column v1_events.public_id is
  'Id of the event in the API: evt_...; computed, not indexed';
