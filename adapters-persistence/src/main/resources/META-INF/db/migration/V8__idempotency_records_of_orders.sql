-- The record of a placed order's key holds the id of the order instead of the response, which follows
-- from the order. The other responses become one column: status, Location, ETag and body, each on a
-- line. Earlier records of orders keep their responses. See docs/decisions/0137.
create table new_idempotency_records (
  caller varchar not null,
  idempotency_key varchar not null,
  request_fingerprint varchar not null,
  created_at timestamp(6) with time zone not null,
  order_id uuid,
  response varchar
);

insert into new_idempotency_records (
  caller, idempotency_key, request_fingerprint, created_at, response)
select
  caller, idempotency_key, request_fingerprint, created_at,
  cast(response_status as varchar) || chr(10) || coalesce(response_location, '') || chr(10)
    || coalesce(response_etag, '') || chr(10) || response_body
from idempotency_records;

drop table idempotency_records;

alter table new_idempotency_records rename to idempotency_records;

alter table idempotency_records
  add constraint pk_idempotency_records primary key (caller, idempotency_key);

alter table idempotency_records
  add constraint ck_idempotency_records_result check ((order_id is null) <> (response is null));

create index idx_idempotency_records_created_at on idempotency_records (created_at);

comment on table idempotency_records is
  'Requests with an Idempotency-Key that were completed, stored for two days for replay';
comment on column idempotency_records.caller is 'usr_... or key_...; empty for anonymous callers';
comment on column idempotency_records.request_fingerprint is 'Method, path and SHA-256 of the body';
comment on column idempotency_records.order_id is 'The placed order; null for other requests';
comment on column idempotency_records.response is
  'Status, Location, ETag and body, each on a line; null for placed orders';
