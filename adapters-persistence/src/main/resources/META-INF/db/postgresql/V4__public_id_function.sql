-- An id as the API shows it: the prefix, and the UUID as 26 digits of base 32, of five bits each. Two
-- zero bits precede the 128 bits of the UUID. H2 has no functions in SQL: there the views contain the
-- expression. See docs/decisions/0088.
create function public_id(prefix varchar, id uuid) returns varchar
language sql immutable strict parallel safe
return (
  select cast(prefix || '_'
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 1, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 6, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 11, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 16, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 21, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 26, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 31, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 36, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 41, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 46, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 51, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 56, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 61, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 66, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 71, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 76, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 81, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 86, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 91, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 96, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 101, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 106, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 111, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 116, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 121, 5) as integer) + 1, 1)
    || substr('0123456789abcdefghjkmnpqrstvwxyz', cast(substring(u.bits, 126, 5) as integer) + 1, 1)
    as varchar)
  from (
    select B'00' || cast('x' || replace(cast(id as text), '-', '') as bit(128)) as bits
  ) u
);

comment on function public_id is 'An id as the API shows it, such as ord_...';
