-- The few tables that belong to the whole instance, not to one territory.
-- They are listed in src/platform/postgres/instance-tables.ts; every other table carries territory_id.

create table territories (
  id               uuid primary key,
  slug             text not null,
  name             text not null,
  region_code      text,
  zone             text not null default 'Europe/Paris',
  half_day_minutes integer not null default 210,
  is_demonstration boolean not null default false,
  created_at       timestamptz not null,
  constraint territories_slug_key unique (slug),
  constraint territories_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
  constraint territories_name_length check (length(name) between 1 and 120),
  constraint territories_half_day check (half_day_minutes between 60 and 480)
);

-- In which territories an address is known: what lets somebody who signs in see all of their own.
create table territory_addresses (
  email        text not null,
  territory_id uuid not null references territories (id),
  constraint territory_addresses_pkey primary key (email, territory_id),
  constraint territory_addresses_email_lower check (email = lower(email))
);

-- Credentials and sign-ins only (better-auth). People, memberships and roles are tenant tables.
create table auth_users (
  id             text primary key,
  name           text not null,
  email          text not null,
  email_verified boolean not null default false,
  image          text,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  constraint auth_users_email_key unique (email)
);
create table auth_sessions (
  id         text primary key,
  user_id    text not null references auth_users (id) on delete cascade,
  token      text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint auth_sessions_token_key unique (token)
);
create index auth_sessions_user on auth_sessions (user_id);
create table auth_accounts (
  id                       text primary key,
  user_id                  text not null references auth_users (id) on delete cascade,
  account_id               text not null,
  provider_id              text not null,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  password                 text,
  created_at               timestamptz not null default now(),
  updated_at               timestamptz not null default now()
);
create index auth_accounts_user on auth_accounts (user_id);
create table auth_verifications (
  id         text primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verifications_identifier on auth_verifications (identifier);

-- Counters of the rate limits: one row per key and window.
create table auth_rate_limits (
  id           text primary key,
  key          text not null,
  count        integer not null,
  last_request bigint not null,
  constraint auth_rate_limits_key_key unique (key)
);

-- Mails on their way. Without a mail server they stay here and the demonstration shows them on a page; once a
-- server has taken one, its text is emptied, because it may hold a sign-in link.
create table outgoing_mails (
  id              uuid primary key,
  recipient       text not null,
  subject         text not null,
  body_text       text not null,
  calendar_name   text,
  calendar_text   text,
  created_at      timestamptz not null,
  expires_at      timestamptz,
  attempts        integer not null default 0,
  next_attempt_at timestamptz,
  sent_at         timestamptz,
  failure         text,
  constraint outgoing_mails_attempts check (attempts >= 0),
  constraint outgoing_mails_calendar_whole check ((calendar_name is null) = (calendar_text is null)),
  constraint outgoing_mails_sent_once check (sent_at is null or next_attempt_at is null)
);
create index outgoing_mails_due on outgoing_mails (next_attempt_at) where next_attempt_at is not null;
create index outgoing_mails_newest on outgoing_mails (created_at desc, id);

grant select, insert on territories to terreau_app;
grant select, insert, delete on territory_addresses to terreau_app;
grant select, insert, update, delete on auth_users, auth_sessions, auth_accounts, auth_verifications, auth_rate_limits to terreau_app;
grant select, insert, update on outgoing_mails to terreau_app;
