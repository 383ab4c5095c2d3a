-- How many calls somebody made in a minute, as each node counted them. A node writes its own rows
-- alone, and writes the whole number each time: nodes do not wait for each other, and what is written
-- again does no harm. See docs/decisions/0113.
create table call_counts (
  begins_at timestamp(6) with time zone not null,
  node uuid not null,
  caller varchar not null,
  calls bigint not null,
  constraint call_counts_by_minute primary key (begins_at, node, caller)
);

comment on table call_counts is 'Calls of those who made many, by minute and node';
comment on column call_counts.begins_at is 'When the minute began';
comment on column call_counts.node is 'Which node counted, by an id that it has until it is stopped';
comment on column call_counts.caller is 'Whose calls: usr_... or key_...';
comment on column call_counts.calls is 'In that minute, as far as they were told';
