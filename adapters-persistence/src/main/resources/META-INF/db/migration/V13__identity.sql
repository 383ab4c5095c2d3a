-- Who may ask for what: people, their sessions, the keys of programs, and what happened to them. No
-- view shows any of it, so that nobody reads it who asks in SQL by the rights of kassa_reader.
create table users (
  id uuid not null constraint users_by_id primary key,
  email varchar not null constraint users_by_email unique,
  name varchar,
  role varchar not null,
  disabled boolean not null,
  version integer not null,
  password_hash varchar not null,
  created_at timestamp(6) with time zone not null
);

create index users_of_role on users (role, id);

-- No foreign key to users: they are never deleted, and whoever begins a session has the row of its
-- user locked. No index on last_used_at, which is written once a minute for each session that goes
-- on; old ones are seldom looked for.
create table sessions (
  id uuid not null constraint sessions_by_id primary key,
  user_id uuid not null,
  token_hash varchar(64) not null constraint sessions_by_token unique,
  device varchar,
  address varchar not null,
  created_at timestamp(6) with time zone not null,
  last_used_at timestamp(6) with time zone not null
);

create index sessions_of_user on sessions (user_id);

create table api_keys (
  id uuid not null constraint api_keys_by_id primary key,
  key_hash varchar(64) not null constraint api_keys_by_key unique,
  name varchar not null,
  scopes varchar array not null,
  created_by varchar not null,
  created_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone,
  revoked_at timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone
);

create table login_attempts (
  subject varchar not null constraint login_attempts_by_subject primary key,
  attempts integer not null,
  last_at timestamp(6) with time zone not null
);

create index login_attempts_oldest_first on login_attempts (last_at);

create table audit_events (
  number bigint generated always as identity (cache 1) not null
    constraint audit_events_by_number primary key,
  happened_at timestamp(6) with time zone not null,
  kind varchar not null,
  actor varchar,
  subject varchar,
  address varchar,
  detail varchar
);

comment on table users is 'People who can sign in';
comment on column users.id is 'Also the customer_id of their own orders, as usr_...';
comment on column users.email is 'In lower case';
comment on column users.role is 'customer, operator or admin';
comment on column users.disabled is 'Whether they are kept out';
comment on column users.version is 'One higher with each change, but for that of the password';
comment on column users.password_hash is 'Argon2id, with all that is needed to check a password';
comment on table sessions is 'People who signed in and did not sign out';
comment on column sessions.token_hash is 'SHA-256 of the token, in hexadecimal digits';
comment on column sessions.device is 'What they came with, as their browser says';
comment on column sessions.address is 'The IP address they signed in from';
comment on column sessions.last_used_at is 'A minute too early at most';
comment on table api_keys is 'The keys of programs, those that are no good any more as well';
comment on column api_keys.key_hash is 'SHA-256 of the key, in hexadecimal digits';
comment on column api_keys.scopes is 'What it is good for: words such as orders:read';
comment on column api_keys.created_by is 'Who issued it: usr_... or key_...';
comment on column api_keys.expires_at is 'Until when it is good; null if for ever';
comment on column api_keys.revoked_at is 'Since when it is not good any more; null if it is';
comment on column api_keys.last_used_at is 'A minute too early at most; null if it was not used';
comment on table login_attempts is 'What was tried in vain, until it is forgotten';
comment on column login_attempts.subject is 'Who tried, or whom they tried';
comment on column login_attempts.attempts is 'Since when they were last forgotten';
comment on table audit_events is 'What happened to users, sessions and keys; only added to';
comment on column audit_events.number is 'Higher for later ones; there may be gaps';
comment on column audit_events.actor is 'Who did it: usr_... or key_...; null if not known';
comment on column audit_events.subject is 'What it happened to: usr_..., key_... or ses_...';
comment on column audit_events.address is 'The IP address it came from; null if none';
