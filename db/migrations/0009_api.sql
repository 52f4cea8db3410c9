-- Programs that act for a person: their tokens, and what they wrote, so that the same request acts once.

-- Only a digest is kept: whoever reads the table can use none of them. A token belongs to one territory, as all rights do.
create table access_tokens (
  territory_id uuid not null,
  id           uuid not null,
  person_id    uuid not null,
  name         text not null,
  digest       bytea not null,
  scopes       text[] not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  constraint access_tokens_pkey primary key (territory_id, id),
  constraint access_tokens_digest_key unique (territory_id, digest),
  constraint access_tokens_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint access_tokens_name_length check (length(name) between 1 and 80),
  constraint access_tokens_digest_length check (length(digest) = 32),
  constraint access_tokens_some_scope check (cardinality(scopes) between 1 and 40),
  constraint access_tokens_life check (expires_at > created_at and expires_at <= created_at + interval '366 days')
);
create index access_tokens_by_person on access_tokens (territory_id, person_id, created_at);

-- What a program was answered when it wrote under a key: the same request with the same key is answered again, not done again.
create table api_writes (
  territory_id uuid not null,
  person_id    uuid not null,
  key          text not null,
  fingerprint  bytea not null,
  status       integer not null default 200,
  location     text not null default '',
  body         text not null default '',
  created_at   timestamptz not null,
  constraint api_writes_pkey primary key (territory_id, person_id, key),
  constraint api_writes_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint api_writes_key_length check (length(key) between 1 and 200),
  constraint api_writes_status check (status between 200 and 299)
);
create index api_writes_by_age on api_writes (territory_id, created_at);

do $$
declare tenant text;
begin
  foreach tenant in array array['access_tokens', 'api_writes'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert on access_tokens to terreau_app;
grant update (last_used_at, revoked_at) on access_tokens to terreau_app;
grant select, insert, delete on api_writes to terreau_app;
grant update (status, location, body) on api_writes to terreau_app;
