-- Webhook endpoints, and the log of their deliveries. See docs/decisions/0176.

create table webhook_endpoints (
  id uuid not null constraint pk_webhook_endpoints primary key,
  url varchar not null,
  description varchar not null,
  event_types varchar array not null,
  filter_statuses varchar array not null,
  filter_currency varchar(3),
  filter_min_total bigint,
  filter_sku varchar,
  filter_channel varchar,
  payload varchar not null,
  pause_reason varchar,
  version integer not null,
  created_by varchar not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  event_position varchar not null,
  failures integer not null,
  open_until timestamp(6) with time zone,
  lease_node uuid,
  lease_until timestamp(6) with time zone
);

comment on table webhook_endpoints is 'Receivers of events';
comment on column webhook_endpoints.event_types is 'Types such as order.paid, order.* or *';
comment on column webhook_endpoints.filter_min_total is 'In minor units of filter_currency';
comment on column webhook_endpoints.payload is 'full or thin';
comment on column webhook_endpoints.pause_reason is 'person, gone or failures; null if not paused';
comment on column webhook_endpoints.event_position is 'Events up to this position were taken';
comment on column webhook_endpoints.failures is 'Failed attempts since the last success';
comment on column webhook_endpoints.open_until is 'End of the pause of the circuit breaker';
comment on column webhook_endpoints.lease_node is 'Node that delivers; a new id with each start';

create table webhook_secrets (
  endpoint_id uuid not null,
  secret_number integer not null,
  secret varchar not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone,
  constraint pk_webhook_secrets primary key (endpoint_id, secret_number)
);

comment on table webhook_secrets is 'Secrets that sign deliveries; in clear, as signing needs them';

create table webhook_deliveries (
  id uuid not null constraint pk_webhook_deliveries primary key,
  endpoint_id uuid not null,
  event_id uuid not null,
  event_type varchar not null,
  subject varchar not null,
  event_transaction bigint not null,
  event_number bigint not null,
  event_check bigint not null,
  state varchar not null,
  pending_subject varchar,
  attempts integer not null,
  failures integer not null,
  next_attempt_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone not null,
  constraint uq_webhook_deliveries_event unique (endpoint_id, event_id)
);

create index idx_webhook_deliveries_pending on webhook_deliveries (
  endpoint_id, pending_subject, event_transaction, event_number);

create index idx_webhook_deliveries_newest on webhook_deliveries (endpoint_id, id);

create index idx_webhook_deliveries_state on webhook_deliveries (endpoint_id, state, id);

create index idx_webhook_deliveries_created_at on webhook_deliveries (created_at);

comment on table webhook_deliveries is 'Deliveries of events to endpoints; old ones are deleted';
comment on column webhook_deliveries.state is 'pending, delivered or failed';
comment on column webhook_deliveries.pending_subject is 'The subject while pending; otherwise null';
comment on column webhook_deliveries.failures is 'Failed attempts since it was created or sent again';

create table webhook_attempts (
  delivery_id uuid not null,
  attempt_number integer not null,
  started_at timestamp(6) with time zone not null,
  latency_millis bigint not null,
  status integer,
  error varchar,
  answer varchar,
  constraint pk_webhook_attempts primary key (delivery_id, attempt_number)
);

comment on table webhook_attempts is 'The last attempts of each delivery';
comment on column webhook_attempts.answer is 'Start of the answer';
