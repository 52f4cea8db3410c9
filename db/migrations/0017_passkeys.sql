-- Passkeys: keys of people's devices that open a sign-in without a mail. The private half never leaves the device.
create table auth_passkeys (
  id           text primary key,
  user_id      text not null references auth_users (id) on delete cascade,
  name         text not null,
  public_key   bytea not null,
  -- How often the key signed, as it says itself; many devices always say 0.
  counter      bigint not null,
  transports   text[] not null,
  created_at   timestamptz not null,
  last_used_at timestamptz,
  constraint auth_passkeys_id_length check (length(id) between 1 and 1400),
  constraint auth_passkeys_name_length check (length(name) between 1 and 80),
  constraint auth_passkeys_counter check (counter >= 0)
);
create index auth_passkeys_user on auth_passkeys (user_id);

-- Questions that a key has answered: none is answered twice. Those that are too old to be answered are taken away.
create table auth_answered (
  digest     bytea primary key,
  expires_at timestamptz not null
);

grant select, insert, delete on auth_passkeys, auth_answered to terreau_app;
grant update (name, counter, last_used_at) on auth_passkeys to terreau_app;
