-- The answers of calls that carry an Idempotency-Key. That of an order is written in its own
-- transaction. See docs/decisions/0090.
create table kept_answers (
  caller varchar not null,
  idempotency_key varchar not null,
  request varchar not null,
  status smallint not null,
  location varchar,
  entity_tag varchar,
  body varchar not null,
  kept_at timestamp(6) with time zone not null,
  constraint kept_answers_by_key primary key (caller, idempotency_key)
);

create index kept_answers_oldest_first on kept_answers (kept_at);

comment on table kept_answers is 'What calls with an Idempotency-Key were answered, for two days';
comment on column kept_answers.caller is 'Who called; empty for anybody';
comment on column kept_answers.request is 'Method, path and a SHA-256 of the body';
