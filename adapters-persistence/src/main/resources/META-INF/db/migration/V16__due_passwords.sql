-- Passwords that somebody else has seen are to be changed by their users.
alter table users add column password_due timestamp(6) with time zone;

comment on column users.password_due is 'When it is to have been changed; null if it is their own choice';
