-- The structure that all migrations together give. Written by `npm run schema`: not by hand.

create table access_tokens (
  territory_id uuid not null,
  id           uuid not null,
  person_id    uuid not null,
  name         text not null,
  digest       bytea not null,
  scopes       text[] not null,
  created_at   timestamp with time zone not null,
  expires_at   timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at   timestamp with time zone,
  constraint access_tokens_pkey PRIMARY KEY (territory_id, id),
  constraint access_tokens_digest_key UNIQUE (territory_id, digest),
  constraint access_tokens_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint access_tokens_digest_length CHECK ((length(digest) = 32)),
  constraint access_tokens_life CHECK (((expires_at > created_at) AND (expires_at <= (created_at + '366 days'::interval)))),
  constraint access_tokens_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint access_tokens_some_scope CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 40)))
);
CREATE INDEX access_tokens_by_person ON access_tokens USING btree (territory_id, person_id, created_at);
alter table access_tokens enable row level security;
alter table access_tokens force row level security;
create policy access_tokens_territory on access_tokens to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on access_tokens to terreau_app;

create table affiliations (
  territory_id      uuid not null,
  id                uuid not null,
  person_id         uuid not null,
  organisation_id   uuid not null,
  title             text not null default ''::text,
  since             date,
  until             date,
  is_public_contact boolean not null default false,
  constraint affiliations_pkey PRIMARY KEY (territory_id, id),
  constraint affiliations_once UNIQUE NULLS NOT DISTINCT (territory_id, person_id, organisation_id, title, since),
  constraint affiliations_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint affiliations_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint affiliations_period CHECK ((until >= since)),
  constraint affiliations_title_length CHECK ((length(title) <= 200))
);
CREATE INDEX affiliations_by_organisation ON affiliations USING btree (territory_id, organisation_id);
alter table affiliations enable row level security;
alter table affiliations force row level security;
create policy affiliations_territory on affiliations to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on affiliations to terreau_app;

create table agreements (
  territory_id       uuid not null,
  id                 uuid not null,
  series_id          uuid not null,
  number             integer not null,
  supersedes_id      uuid,
  organisation_id    uuid not null,
  kind               text not null,
  state              text not null default 'draft'::text,
  title              text not null,
  reference          text not null default ''::text,
  parties            text not null default ''::text,
  starts_on          date not null,
  ends_on            date not null,
  renewal_on         date,
  signed_on          date,
  ended_on           date,
  programme_code     text,
  amounts_public     boolean not null default false,
  counterparts       text not null default ''::text,
  counterparts_cents bigint not null default 0,
  file_id            uuid,
  version            integer not null default 0,
  created_by         uuid,
  created_at         timestamp with time zone not null,
  updated_at         timestamp with time zone not null,
  constraint agreements_pkey PRIMARY KEY (territory_id, id),
  constraint agreements_number_key UNIQUE (territory_id, series_id, number),
  constraint agreements_superseded_once UNIQUE (territory_id, supersedes_id),
  constraint agreements_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint agreements_file FOREIGN KEY (territory_id, file_id) REFERENCES stored_files(territory_id, id),
  constraint agreements_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint agreements_programme FOREIGN KEY (territory_id, programme_code) REFERENCES programmes(territory_id, code),
  constraint agreements_series FOREIGN KEY (territory_id, series_id) REFERENCES agreements(territory_id, id),
  constraint agreements_supersedes FOREIGN KEY (territory_id, supersedes_id) REFERENCES agreements(territory_id, id),
  constraint agreements_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint agreements_amends CHECK ((((number = 0) = (supersedes_id IS NULL)) AND ((number = 0) = (series_id = id)))),
  constraint agreements_counterparts CHECK ((counterparts_cents >= 0)),
  constraint agreements_ended CHECK (((state = 'ended'::text) = (ended_on IS NOT NULL))),
  constraint agreements_kind CHECK ((kind = ANY (ARRAY['partner'::text, 'public-funder'::text]))),
  constraint agreements_length CHECK ((((length(title) >= 1) AND (length(title) <= 200)) AND (length(reference) <= 80) AND (length(parties) <= 1000) AND (length(counterparts) <= 2000))),
  constraint agreements_period CHECK (((ends_on >= starts_on) AND (ends_on < (starts_on + '20 years'::interval)))),
  constraint agreements_signed CHECK (((state = 'draft'::text) = (signed_on IS NULL))),
  constraint agreements_state CHECK ((state = ANY (ARRAY['draft'::text, 'signed'::text, 'superseded'::text, 'ended'::text])))
);
CREATE INDEX agreements_of_organisation ON agreements USING btree (territory_id, organisation_id, starts_on);
alter table agreements enable row level security;
alter table agreements force row level security;
create policy agreements_kept_once_signed on agreements as restrictive for delete to public using (state = 'draft'::text);
create policy agreements_territory on agreements to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on agreements to terreau_app;

create table aid_contests (
  territory_id uuid not null,
  id           uuid not null,
  grant_id     uuid not null,
  reason       text not null,
  opened_by    uuid,
  opened_at    timestamp with time zone not null,
  is_upheld    boolean,
  answer       text,
  answered_by  uuid,
  answered_at  timestamp with time zone,
  constraint aid_contests_pkey PRIMARY KEY (territory_id, id),
  constraint aid_contests_answered_by FOREIGN KEY (territory_id, answered_by) REFERENCES people(territory_id, id),
  constraint aid_contests_grant FOREIGN KEY (territory_id, grant_id) REFERENCES aid_grants(territory_id, id),
  constraint aid_contests_opened_by FOREIGN KEY (territory_id, opened_by) REFERENCES people(territory_id, id),
  constraint aid_contests_answered_whole CHECK ((((answered_at IS NULL) = (answer IS NULL)) AND ((answered_at IS NULL) = (is_upheld IS NULL)))),
  constraint aid_contests_lengths CHECK ((((length(reason) >= 1) AND (length(reason) <= 1000)) AND ((length(answer) >= 1) AND (length(answer) <= 1000))))
);
CREATE UNIQUE INDEX aid_contests_one_open ON aid_contests USING btree (territory_id, grant_id) WHERE (answered_at IS NULL);
alter table aid_contests enable row level security;
alter table aid_contests force row level security;
create policy aid_contests_territory on aid_contests to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_contests to terreau_app;

create table aid_declaration_lines (
  territory_id   uuid not null,
  declaration_id uuid not null,
  grant_id       uuid not null,
  constraint aid_declaration_lines_pkey PRIMARY KEY (territory_id, declaration_id, grant_id),
  constraint aid_declaration_lines_declaration FOREIGN KEY (territory_id, declaration_id) REFERENCES aid_declarations(territory_id, id),
  constraint aid_declaration_lines_grant FOREIGN KEY (territory_id, grant_id) REFERENCES aid_grants(territory_id, id)
);
alter table aid_declaration_lines enable row level security;
alter table aid_declaration_lines force row level security;
create policy aid_declaration_lines_territory on aid_declaration_lines to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_declaration_lines to terreau_app;

create table aid_declarations (
  territory_id uuid not null,
  id           uuid not null,
  firm_id      uuid not null,
  declared_on  date not null,
  declared_by  uuid,
  recorded_at  timestamp with time zone not null,
  constraint aid_declarations_pkey PRIMARY KEY (territory_id, id),
  constraint aid_declarations_firm_key UNIQUE (territory_id, id, firm_id),
  constraint aid_declarations_declared_by FOREIGN KEY (territory_id, declared_by) REFERENCES people(territory_id, id),
  constraint aid_declarations_firm FOREIGN KEY (territory_id, firm_id) REFERENCES aid_firms(territory_id, id)
);
CREATE INDEX aid_declarations_by_firm ON aid_declarations USING btree (territory_id, firm_id, declared_on);
alter table aid_declarations enable row level security;
alter table aid_declarations force row level security;
create policy aid_declarations_territory on aid_declarations to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_declarations to terreau_app;

create table aid_filings (
  territory_id uuid not null,
  grant_id     uuid not null,
  filed_on     date not null,
  reference    text not null,
  filed_by     uuid,
  recorded_at  timestamp with time zone not null,
  constraint aid_filings_pkey PRIMARY KEY (territory_id, grant_id),
  constraint aid_filings_filed_by FOREIGN KEY (territory_id, filed_by) REFERENCES people(territory_id, id),
  constraint aid_filings_grant FOREIGN KEY (territory_id, grant_id) REFERENCES aid_grants(territory_id, id),
  constraint aid_filings_reference_length CHECK (((length(reference) >= 1) AND (length(reference) <= 120)))
);
alter table aid_filings enable row level security;
alter table aid_filings force row level security;
create policy aid_filings_territory on aid_filings to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_filings to terreau_app;

create table aid_firms (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid,
  name            text not null,
  siren           text,
  kind            text not null default 'firm'::text,
  member_state    text not null default 'FR'::text,
  created_at      timestamp with time zone not null,
  constraint aid_firms_pkey PRIMARY KEY (territory_id, id),
  constraint aid_firms_organisation_key UNIQUE (territory_id, organisation_id),
  constraint aid_firms_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint aid_firms_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint aid_firms_kind CHECK ((kind = ANY (ARRAY['firm'::text, 'public-body'::text, 'person'::text]))),
  constraint aid_firms_member_state CHECK ((member_state ~ '^[A-Z]{2}$'::text)),
  constraint aid_firms_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint aid_firms_siren_form CHECK ((siren ~ '^[0-9]{9}$'::text))
);
alter table aid_firms enable row level security;
alter table aid_firms force row level security;
create policy aid_firms_territory on aid_firms to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_firms to terreau_app;

create table aid_grants (
  territory_id             uuid not null,
  id                       uuid not null,
  firm_id                  uuid not null,
  origin                   text not null,
  granted_on               date not null,
  authority                text not null,
  instrument               text not null,
  basis                    text not null,
  cents                    bigint not null,
  nace                     text,
  purpose                  text,
  title                    text not null,
  public_share_per_million integer not null default 1000000,
  state                    text not null default 'decided'::text,
  prior_declaration_id     uuid,
  window_from              date,
  ceiling_cents            bigint,
  legal_version            text not null,
  recorded_by              uuid,
  recorded_at              timestamp with time zone not null,
  withdrawn_by             uuid,
  withdrawn_at             timestamp with time zone,
  withdrawn_reason         text,
  constraint aid_grants_pkey PRIMARY KEY (territory_id, id),
  constraint aid_grants_firm FOREIGN KEY (territory_id, firm_id) REFERENCES aid_firms(territory_id, id),
  constraint aid_grants_prior_declaration FOREIGN KEY (territory_id, prior_declaration_id, firm_id) REFERENCES aid_declarations(territory_id, id, firm_id),
  constraint aid_grants_recorded_by FOREIGN KEY (territory_id, recorded_by) REFERENCES people(territory_id, id),
  constraint aid_grants_withdrawn_by FOREIGN KEY (territory_id, withdrawn_by) REFERENCES people(territory_id, id),
  constraint aid_grants_basis CHECK ((basis = ANY (ARRAY['de-minimis-2023'::text, 'de-minimis-2013'::text, 'sgei-2023'::text, 'agriculture-2013'::text, 'fishery-2014'::text, 'gber-22'::text, 'gber-26a'::text, 'gber-27'::text, 'gber-28'::text]))),
  constraint aid_grants_cents CHECK (((cents > 0) AND (cents <= '100000000000'::bigint))),
  constraint aid_grants_decided_whole CHECK (((origin = 'declared'::text) OR ((nace IS NOT NULL) AND (purpose IS NOT NULL)))),
  constraint aid_grants_instrument CHECK ((instrument = ANY (ARRAY['grant'::text, 'loan'::text, 'guarantee'::text, 'in-kind'::text, 'tax'::text, 'other'::text]))),
  constraint aid_grants_lengths CHECK ((((length(authority) >= 1) AND (length(authority) <= 200)) AND ((length(title) >= 1) AND (length(title) <= 200)) AND ((length(withdrawn_reason) >= 1) AND (length(withdrawn_reason) <= 500)))),
  constraint aid_grants_nace_form CHECK ((nace ~ '^[0-9]{2}(\.[0-9]{1,2})?$'::text)),
  constraint aid_grants_origin CHECK ((origin = ANY (ARRAY['decided'::text, 'declared'::text]))),
  constraint aid_grants_public_share CHECK (((public_share_per_million >= 0) AND (public_share_per_million <= 1000000))),
  constraint aid_grants_purpose CHECK ((purpose = ANY (ARRAY['advice'::text, 'hosting'::text, 'innovation'::text, 'growth'::text, 'trade-fair'::text, 'export-quantities'::text, 'network-abroad'::text, 'export-running-cost'::text, 'domestic-goods'::text]))),
  constraint aid_grants_state CHECK ((state = ANY (ARRAY['decided'::text, 'contested'::text, 'withdrawn'::text]))),
  constraint aid_grants_withdrawn_whole CHECK ((((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)) AND ((state = 'withdrawn'::text) = (withdrawn_reason IS NOT NULL))))
);
CREATE INDEX aid_grants_by_day ON aid_grants USING btree (territory_id, granted_on, id);
CREATE INDEX aid_grants_by_firm ON aid_grants USING btree (territory_id, firm_id, granted_on);
alter table aid_grants enable row level security;
alter table aid_grants force row level security;
create policy aid_grants_territory on aid_grants to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_grants to terreau_app;

create table aid_notices (
  territory_id uuid not null,
  grant_id     uuid not null,
  issued_on    date not null,
  issued_by    uuid,
  recorded_at  timestamp with time zone not null,
  constraint aid_notices_pkey PRIMARY KEY (territory_id, grant_id),
  constraint aid_notices_grant FOREIGN KEY (territory_id, grant_id) REFERENCES aid_grants(territory_id, id),
  constraint aid_notices_issued_by FOREIGN KEY (territory_id, issued_by) REFERENCES people(territory_id, id)
);
alter table aid_notices enable row level security;
alter table aid_notices force row level security;
create policy aid_notices_territory on aid_notices to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_notices to terreau_app;

create table aid_window_entries (
  territory_id uuid not null,
  grant_id     uuid not null,
  counted_id   uuid not null,
  cents        bigint not null,
  constraint aid_window_entries_pkey PRIMARY KEY (territory_id, grant_id, counted_id),
  constraint aid_window_entries_counted FOREIGN KEY (territory_id, counted_id) REFERENCES aid_grants(territory_id, id),
  constraint aid_window_entries_grant FOREIGN KEY (territory_id, grant_id) REFERENCES aid_grants(territory_id, id),
  constraint aid_window_entries_positive CHECK ((cents > 0))
);
alter table aid_window_entries enable row level security;
alter table aid_window_entries force row level security;
create policy aid_window_entries_territory on aid_window_entries to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on aid_window_entries to terreau_app;

create table api_writes (
  territory_id uuid not null,
  person_id    uuid not null,
  key          text not null,
  fingerprint  bytea not null,
  status       integer not null default 200,
  location     text not null default ''::text,
  body         text not null default ''::text,
  created_at   timestamp with time zone not null,
  constraint api_writes_pkey PRIMARY KEY (territory_id, person_id, key),
  constraint api_writes_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint api_writes_key_length CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint api_writes_status CHECK (((status >= 200) AND (status <= 299)))
);
CREATE INDEX api_writes_by_age ON api_writes USING btree (territory_id, created_at);
alter table api_writes enable row level security;
alter table api_writes force row level security;
create policy api_writes_territory on api_writes to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select on api_writes to terreau_app;

create table auth_accounts (
  id                       text not null,
  user_id                  text not null,
  account_id               text not null,
  provider_id              text not null,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope                    text,
  password                 text,
  created_at               timestamp with time zone not null default now(),
  updated_at               timestamp with time zone not null default now(),
  constraint auth_accounts_pkey PRIMARY KEY (id),
  constraint auth_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE
);
CREATE INDEX auth_accounts_user ON auth_accounts USING btree (user_id);
grant delete, insert, select, update on auth_accounts to terreau_app;

create table auth_answered (
  digest     bytea not null,
  expires_at timestamp with time zone not null,
  constraint auth_answered_pkey PRIMARY KEY (digest)
);
grant delete, insert, select on auth_answered to terreau_app;

create table auth_passkeys (
  id           text not null,
  user_id      text not null,
  name         text not null,
  public_key   bytea not null,
  counter      bigint not null,
  transports   text[] not null,
  created_at   timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint auth_passkeys_pkey PRIMARY KEY (id),
  constraint auth_passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE,
  constraint auth_passkeys_counter CHECK ((counter >= 0)),
  constraint auth_passkeys_id_length CHECK (((length(id) >= 1) AND (length(id) <= 1400))),
  constraint auth_passkeys_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);
CREATE INDEX auth_passkeys_user ON auth_passkeys USING btree (user_id);
grant delete, insert, select on auth_passkeys to terreau_app;

create table auth_rate_limits (
  id           text not null,
  key          text not null,
  count        integer not null,
  last_request bigint not null,
  constraint auth_rate_limits_pkey PRIMARY KEY (id),
  constraint auth_rate_limits_key_key UNIQUE (key)
);
grant delete, insert, select, update on auth_rate_limits to terreau_app;

create table auth_sessions (
  id         text not null,
  user_id    text not null,
  token      text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_sessions_pkey PRIMARY KEY (id),
  constraint auth_sessions_token_key UNIQUE (token),
  constraint auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON DELETE CASCADE
);
CREATE INDEX auth_sessions_user ON auth_sessions USING btree (user_id);
grant delete, insert, select, update on auth_sessions to terreau_app;

create table auth_users (
  id             text not null,
  name           text not null,
  email          text not null,
  email_verified boolean not null default false,
  image          text,
  created_at     timestamp with time zone not null default now(),
  updated_at     timestamp with time zone not null default now(),
  constraint auth_users_pkey PRIMARY KEY (id),
  constraint auth_users_email_key UNIQUE (email)
);
grant delete, insert, select, update on auth_users to terreau_app;

create table auth_verifications (
  id         text not null,
  identifier text not null,
  value      text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint auth_verifications_pkey PRIMARY KEY (id)
);
CREATE INDEX auth_verifications_identifier ON auth_verifications USING btree (identifier);
grant delete, insert, select, update on auth_verifications to terreau_app;

create table bank_bookings (
  territory_id uuid not null,
  movement_id  uuid not null,
  payment_id   uuid not null,
  constraint bank_bookings_pkey PRIMARY KEY (territory_id, payment_id),
  constraint bank_bookings_movement FOREIGN KEY (territory_id, movement_id) REFERENCES bank_movements(territory_id, id),
  constraint bank_bookings_payment FOREIGN KEY (territory_id, payment_id) REFERENCES instalment_payments(territory_id, id)
);
CREATE INDEX bank_bookings_of_movement ON bank_bookings USING btree (territory_id, movement_id);
alter table bank_bookings enable row level security;
alter table bank_bookings force row level security;
create policy bank_bookings_territory on bank_bookings to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on bank_bookings to terreau_app;

create table bank_ibans (
  territory_id uuid not null,
  id           uuid not null,
  iban         text not null,
  label        text not null,
  created_by   uuid,
  created_at   timestamp with time zone not null,
  constraint bank_ibans_pkey PRIMARY KEY (territory_id, id),
  constraint bank_ibans_key UNIQUE (territory_id, iban),
  constraint bank_ibans_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint bank_ibans_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint bank_ibans_form CHECK ((iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'::text)),
  constraint bank_ibans_label_length CHECK (((length(label) >= 1) AND (length(label) <= 80)))
);
alter table bank_ibans enable row level security;
alter table bank_ibans force row level security;
create policy bank_ibans_territory on bank_ibans to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on bank_ibans to terreau_app;

create table bank_movements (
  territory_id      uuid not null,
  id                uuid not null,
  statement_id      uuid not null,
  iban_id           uuid not null,
  digest            text not null,
  row_number        integer not null,
  booked_on         date not null,
  value_on          date,
  amount_cents      bigint not null,
  counterparty      text not null default ''::text,
  counterparty_iban text not null default ''::text,
  end_to_end_id     text not null default ''::text,
  remittance        text not null default ''::text,
  bank_reference    text not null default ''::text,
  is_reversal       boolean not null default false,
  set_aside_reason  text,
  turns             integer not null default 0,
  constraint bank_movements_pkey PRIMARY KEY (territory_id, id),
  constraint bank_movements_once UNIQUE (territory_id, iban_id, digest),
  constraint bank_movements_iban FOREIGN KEY (territory_id, iban_id) REFERENCES bank_ibans(territory_id, id),
  constraint bank_movements_statement FOREIGN KEY (territory_id, statement_id) REFERENCES bank_statements(territory_id, id),
  constraint bank_movements_amount CHECK (((amount_cents <> 0) AND ((amount_cents >= '-100000000000'::bigint) AND (amount_cents <= '100000000000'::bigint)))),
  constraint bank_movements_length CHECK (((length(counterparty) <= 200) AND (length(counterparty_iban) <= 34) AND (length(end_to_end_id) <= 100) AND (length(remittance) <= 1000) AND (length(bank_reference) <= 100))),
  constraint bank_movements_reason_length CHECK (((length(set_aside_reason) >= 1) AND (length(set_aside_reason) <= 300)))
);
CREATE INDEX bank_movements_by_day ON bank_movements USING btree (territory_id, booked_on DESC, id);
CREATE INDEX bank_movements_of_counterparty ON bank_movements USING btree (territory_id, counterparty_iban) WHERE (counterparty_iban <> ''::text);
alter table bank_movements enable row level security;
alter table bank_movements force row level security;
create policy bank_movements_territory on bank_movements to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on bank_movements to terreau_app;

create table bank_statements (
  territory_id uuid not null,
  id           uuid not null,
  format       text not null,
  file_name    text not null,
  sha256       text not null,
  created_by   uuid,
  created_at   timestamp with time zone not null,
  constraint bank_statements_pkey PRIMARY KEY (territory_id, id),
  constraint bank_statements_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint bank_statements_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint bank_statements_format CHECK ((format = ANY (ARRAY['camt.053'::text, 'csv'::text]))),
  constraint bank_statements_name_length CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
);
alter table bank_statements enable row level security;
alter table bank_statements force row level security;
create policy bank_statements_territory on bank_statements to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on bank_statements to terreau_app;

create table commitments (
  territory_id uuid not null,
  agreement_id uuid not null,
  year         integer not null,
  family       text not null,
  unit         text not null,
  amount       bigint not null,
  constraint commitments_pkey PRIMARY KEY (territory_id, agreement_id, year, family),
  constraint commitments_agreement FOREIGN KEY (territory_id, agreement_id) REFERENCES agreements(territory_id, id) ON DELETE CASCADE,
  constraint commitments_amount CHECK (((amount >= 1) AND (amount <= 1000000000))),
  constraint commitments_family CHECK ((family = ANY (ARRAY['expertise'::text, 'market-access'::text, 'legal'::text, 'commercial'::text, 'desks'::text, 'test-grounds'::text, 'staff'::text]))),
  constraint commitments_unit CHECK ((unit = ANY (ARRAY['minute'::text, 'introduction'::text, 'desk-day'::text, 'test-ground-day'::text])))
);
alter table commitments enable row level security;
alter table commitments force row level security;
create policy commitments_territory on commitments to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on commitments to terreau_app;

create table conflict_answers (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  other_id        uuid not null,
  ground          text not null,
  through_id      uuid,
  keeps_apart     boolean not null,
  answered_by     uuid,
  answered_at     timestamp with time zone not null,
  constraint conflict_answers_pkey PRIMARY KEY (territory_id, id),
  constraint conflict_answers_question_key UNIQUE NULLS NOT DISTINCT (territory_id, organisation_id, other_id, ground, through_id),
  constraint conflict_answers_answered_by FOREIGN KEY (territory_id, answered_by) REFERENCES people(territory_id, id),
  constraint conflict_answers_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint conflict_answers_other FOREIGN KEY (territory_id, other_id) REFERENCES organisations(territory_id, id),
  constraint conflict_answers_through FOREIGN KEY (territory_id, through_id) REFERENCES organisations(territory_id, id),
  constraint conflict_answers_ground CHECK ((ground = ANY (ARRAY['shareholding'::text, 'rival'::text, 'same-field'::text]))),
  constraint conflict_answers_ordered CHECK ((organisation_id < other_id))
);
alter table conflict_answers enable row level security;
alter table conflict_answers force row level security;
create policy conflict_answers_territory on conflict_answers to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on conflict_answers to terreau_app;

create table directory_fields (
  territory_id uuid not null,
  code         text not null,
  label_fr     text not null,
  label_en     text not null,
  value_type   text not null,
  is_public    boolean not null default false,
  position     integer not null,
  constraint directory_fields_pkey PRIMARY KEY (territory_id, code),
  constraint directory_fields_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint directory_fields_code_form CHECK (((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(code) <= 60))),
  constraint directory_fields_label_length CHECK ((((length(label_fr) >= 1) AND (length(label_fr) <= 120)) AND ((length(label_en) >= 1) AND (length(label_en) <= 120)))),
  constraint directory_fields_value_type CHECK ((value_type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'yes-no'::text, 'list'::text, 'link'::text])))
);
alter table directory_fields enable row level security;
alter table directory_fields force row level security;
create policy directory_fields_territory on directory_fields to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on directory_fields to terreau_app;

create table document_counters (
  territory_id uuid not null,
  kind         text not null,
  year         integer not null,
  last         integer not null,
  constraint document_counters_pkey PRIMARY KEY (territory_id, kind, year),
  constraint document_counters_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint document_counters_last CHECK ((last > 0))
);
alter table document_counters enable row level security;
alter table document_counters force row level security;
create policy document_counters_territory on document_counters to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on document_counters to terreau_app;

create table document_withdrawals (
  territory_id uuid not null,
  document_id  uuid not null,
  reason       text not null,
  withdrawn_by uuid,
  withdrawn_at timestamp with time zone not null,
  constraint document_withdrawals_pkey PRIMARY KEY (territory_id, document_id),
  constraint document_withdrawals_by FOREIGN KEY (territory_id, withdrawn_by) REFERENCES people(territory_id, id),
  constraint document_withdrawals_document FOREIGN KEY (territory_id, document_id) REFERENCES documents(territory_id, id),
  constraint document_withdrawals_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 300)))
);
alter table document_withdrawals enable row level security;
alter table document_withdrawals force row level security;
create policy document_withdrawals_territory on document_withdrawals to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on document_withdrawals to terreau_app;

create table documents (
  territory_id    uuid not null,
  id              uuid not null,
  kind            text not null,
  year            integer not null,
  number          integer not null,
  locale          text not null,
  organisation_id uuid,
  issue_key       text not null,
  facts           jsonb not null,
  paper           jsonb not null,
  sha256          text not null,
  issued_on       date not null,
  issued_by       uuid,
  issued_at       timestamp with time zone not null,
  constraint documents_pkey PRIMARY KEY (territory_id, id),
  constraint documents_number_key UNIQUE (territory_id, kind, year, number),
  constraint documents_issued_by FOREIGN KEY (territory_id, issued_by) REFERENCES people(territory_id, id),
  constraint documents_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint documents_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint documents_key_length CHECK (((length(issue_key) >= 1) AND (length(issue_key) <= 200))),
  constraint documents_kind CHECK ((kind = ANY (ARRAY['payment-call'::text, 'receipt'::text, 'aid-certificate'::text, 'aid-notice'::text, 'delivery-statement'::text, 'funder-report'::text]))),
  constraint documents_locale CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
  constraint documents_number CHECK ((number > 0))
);
CREATE INDEX documents_by_day ON documents USING btree (territory_id, issued_on DESC, id);
CREATE INDEX documents_by_key ON documents USING btree (territory_id, issue_key text_pattern_ops);
CREATE INDEX documents_of_organisation ON documents USING btree (territory_id, organisation_id, issued_on DESC);
alter table documents enable row level security;
alter table documents force row level security;
create policy documents_territory on documents to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on documents to terreau_app;

create table events (
  territory_id uuid not null,
  id           uuid not null,
  kind         text not null,
  version      integer not null default 1,
  subject_id   uuid not null,
  person_id    uuid,
  occurred_at  timestamp with time zone not null,
  payload      jsonb not null default '{}'::jsonb,
  constraint events_pkey PRIMARY KEY (territory_id, id),
  constraint events_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint events_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint events_kind_form CHECK ((kind ~ '^[a-z]+(-[a-z]+)*$'::text))
);
CREATE INDEX events_by_subject ON events USING btree (territory_id, subject_id, occurred_at);
CREATE INDEX events_newest ON events USING btree (territory_id, occurred_at DESC, id);
alter table events enable row level security;
alter table events force row level security;
create policy events_territory on events to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on events to terreau_app;

create table expenses (
  territory_id      uuid not null,
  id                uuid not null,
  spent_on          date not null,
  nature            text not null,
  amount_cents      bigint not null,
  supplier          text not null,
  programme_code    text,
  file_id           uuid,
  entry_id          uuid not null,
  reversal_entry_id uuid,
  created_by        uuid,
  created_at        timestamp with time zone not null,
  constraint expenses_pkey PRIMARY KEY (territory_id, id),
  constraint expenses_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint expenses_entry FOREIGN KEY (territory_id, entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint expenses_file FOREIGN KEY (territory_id, file_id) REFERENCES stored_files(territory_id, id),
  constraint expenses_programme FOREIGN KEY (territory_id, programme_code) REFERENCES programmes(territory_id, code),
  constraint expenses_reversal FOREIGN KEY (territory_id, reversal_entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint expenses_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint expenses_amount CHECK (((amount_cents >= 1) AND (amount_cents <= '100000000000'::bigint))),
  constraint expenses_nature CHECK ((nature = ANY (ARRAY['staff'::text, 'premises'::text, 'services'::text, 'events'::text, 'travel'::text, 'purchases'::text]))),
  constraint expenses_supplier_length CHECK (((length(supplier) >= 1) AND (length(supplier) <= 200)))
);
CREATE INDEX expenses_by_day ON expenses USING btree (territory_id, spent_on DESC, id);
alter table expenses enable row level security;
alter table expenses force row level security;
create policy expenses_territory on expenses to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on expenses to terreau_app;

create table firm_links (
  territory_id     uuid not null,
  id               uuid not null,
  holder_id        uuid not null,
  held_id          uuid not null,
  ground           text not null,
  votes_per_myriad integer,
  since            date not null,
  until            date,
  evidence         text not null default ''::text,
  recorded_by      uuid,
  recorded_at      timestamp with time zone not null,
  constraint firm_links_pkey PRIMARY KEY (territory_id, id),
  constraint firm_links_once EXCLUDE USING gist (territory_id WITH =, holder_id WITH =, held_id WITH =, ground WITH =, daterange(since, until, '[]'::text) WITH &&),
  constraint firm_links_held FOREIGN KEY (territory_id, held_id) REFERENCES aid_firms(territory_id, id),
  constraint firm_links_holder FOREIGN KEY (territory_id, holder_id) REFERENCES aid_firms(territory_id, id),
  constraint firm_links_recorded_by FOREIGN KEY (territory_id, recorded_by) REFERENCES people(territory_id, id),
  constraint firm_links_evidence_length CHECK ((length(evidence) <= 500)),
  constraint firm_links_ground CHECK ((ground = ANY (ARRAY['votes'::text, 'board'::text, 'influence'::text, 'agreement'::text]))),
  constraint firm_links_period CHECK ((until >= since)),
  constraint firm_links_two CHECK ((holder_id <> held_id)),
  constraint firm_links_votes CHECK ((((ground = 'votes'::text) = (votes_per_myriad IS NOT NULL)) AND ((votes_per_myriad >= 1) AND (votes_per_myriad <= 10000))))
);
CREATE INDEX firm_links_by_held ON firm_links USING btree (territory_id, held_id);
alter table firm_links enable row level security;
alter table firm_links force row level security;
create policy firm_links_territory on firm_links to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on firm_links to terreau_app;

create table firm_successions (
  territory_id uuid not null,
  id           uuid not null,
  from_id      uuid not null,
  heir_id      uuid not null,
  effective_on date not null,
  equity_cents bigint not null default 0,
  recorded_by  uuid,
  recorded_at  timestamp with time zone not null,
  constraint firm_successions_pkey PRIMARY KEY (territory_id, id),
  constraint firm_successions_once UNIQUE (territory_id, from_id, heir_id, effective_on),
  constraint firm_successions_from FOREIGN KEY (territory_id, from_id) REFERENCES aid_firms(territory_id, id),
  constraint firm_successions_heir FOREIGN KEY (territory_id, heir_id) REFERENCES aid_firms(territory_id, id),
  constraint firm_successions_recorded_by FOREIGN KEY (territory_id, recorded_by) REFERENCES people(territory_id, id),
  constraint firm_successions_equity CHECK ((equity_cents >= 0)),
  constraint firm_successions_two CHECK ((from_id <> heir_id))
);
alter table firm_successions enable row level security;
alter table firm_successions force row level security;
create policy firm_successions_territory on firm_successions to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on firm_successions to terreau_app;

create table fiscal_years (
  territory_id uuid not null,
  code         text not null,
  starts_on    date not null,
  ends_on      date not null,
  state        text not null default 'open'::text,
  closed_at    timestamp with time zone,
  closed_by    uuid,
  closed_hash  text,
  constraint fiscal_years_pkey PRIMARY KEY (territory_id, code),
  constraint fiscal_years_apart EXCLUDE USING gist (territory_id WITH =, daterange(starts_on, ends_on, '[]'::text) WITH &&),
  constraint fiscal_years_closed_by FOREIGN KEY (territory_id, closed_by) REFERENCES people(territory_id, id),
  constraint fiscal_years_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint fiscal_years_closed_whole CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint fiscal_years_code_form CHECK ((code ~ '^[0-9]{4}(-[0-9]{4})?$'::text)),
  constraint fiscal_years_period CHECK ((ends_on > starts_on)),
  constraint fiscal_years_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);
alter table fiscal_years enable row level security;
alter table fiscal_years force row level security;
create policy fiscal_years_stay_closed on fiscal_years as restrictive for update to public using (state = 'open'::text) with check (state = 'closed'::text);
create policy fiscal_years_territory on fiscal_years to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on fiscal_years to terreau_app;

create table form_submissions (
  territory_id uuid not null,
  key          uuid not null,
  person_id    uuid,
  location     text not null,
  created_at   timestamp with time zone not null,
  constraint form_submissions_pkey PRIMARY KEY (territory_id, key),
  constraint form_submissions_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id)
);
alter table form_submissions enable row level security;
alter table form_submissions force row level security;
create policy form_submissions_territory on form_submissions to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on form_submissions to terreau_app;

create table import_decisions (
  territory_id    uuid not null,
  source          text not null,
  identity        text not null,
  organisation_id uuid not null,
  decision        text not null,
  decided_by      uuid,
  decided_at      timestamp with time zone not null,
  constraint import_decisions_pkey PRIMARY KEY (territory_id, source, identity, organisation_id),
  constraint import_decisions_decided_by FOREIGN KEY (territory_id, decided_by) REFERENCES people(territory_id, id),
  constraint import_decisions_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint import_decisions_decision CHECK ((decision = ANY (ARRAY['same'::text, 'different'::text])))
);
alter table import_decisions enable row level security;
alter table import_decisions force row level security;
create policy import_decisions_territory on import_decisions to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on import_decisions to terreau_app;

create table import_entries (
  territory_id   uuid not null,
  import_id      uuid not null,
  position       integer not null,
  subject        text not null,
  identity       text not null,
  table_position integer not null,
  number         integer not null,
  row_count      integer not null,
  name           text not null,
  keys           jsonb not null default '[]'::jsonb,
  facts          jsonb not null default '{}'::jsonb,
  outcome        text not null,
  target_id      uuid,
  before         jsonb not null default '{}'::jsonb,
  after          jsonb not null default '{}'::jsonb,
  problems       jsonb not null default '[]'::jsonb,
  candidates     jsonb not null default '[]'::jsonb,
  is_chosen      boolean not null default true,
  constraint import_entries_pkey PRIMARY KEY (territory_id, import_id, "position"),
  constraint import_entries_identity UNIQUE (territory_id, import_id, identity),
  constraint import_entries_import FOREIGN KEY (territory_id, import_id) REFERENCES imports(territory_id, id) ON DELETE CASCADE,
  constraint import_entries_outcome CHECK ((outcome = ANY (ARRAY['create'::text, 'change'::text, 'same'::text, 'ask'::text, 'refuse'::text]))),
  constraint import_entries_subject CHECK ((subject = ANY (ARRAY['organisation'::text, 'person'::text])))
);
CREATE INDEX import_entries_by_outcome ON import_entries USING btree (territory_id, import_id, outcome, table_position, number);
CREATE INDEX import_entries_by_target ON import_entries USING btree (territory_id, import_id, target_id) WHERE ((outcome = ANY (ARRAY['change'::text, 'same'::text])) AND (target_id IS NOT NULL));
alter table import_entries enable row level security;
alter table import_entries force row level security;
create policy import_entries_territory on import_entries to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on import_entries to terreau_app;

create table import_files (
  territory_id uuid not null,
  import_id    uuid not null,
  position     integer not null,
  file_id      uuid not null,
  constraint import_files_pkey PRIMARY KEY (territory_id, import_id, "position"),
  constraint import_files_file FOREIGN KEY (territory_id, file_id) REFERENCES stored_files(territory_id, id),
  constraint import_files_import FOREIGN KEY (territory_id, import_id) REFERENCES imports(territory_id, id) ON DELETE CASCADE
);
alter table import_files enable row level security;
alter table import_files force row level security;
create policy import_files_territory on import_files to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on import_files to terreau_app;

create table import_links (
  territory_id   uuid not null,
  import_id      uuid not null,
  table_position integer not null,
  number         integer not null,
  position       integer not null,
  kind           text not null,
  field          text not null,
  from_identity  text,
  from_words     text,
  from_table     integer,
  to_identity    text,
  to_words       text,
  to_table       integer,
  label          text not null default ''::text,
  since          date,
  until          date,
  from_id        uuid,
  to_id          uuid,
  added_id       uuid,
  constraint import_links_pkey PRIMARY KEY (territory_id, import_id, table_position, number, "position"),
  constraint import_links_import FOREIGN KEY (territory_id, import_id) REFERENCES imports(territory_id, id) ON DELETE CASCADE
);
alter table import_links enable row level security;
alter table import_links force row level security;
create policy import_links_territory on import_links to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on import_links to terreau_app;

create table import_rows (
  territory_id   uuid not null,
  import_id      uuid not null,
  table_position integer not null,
  number         integer not null,
  subject        text not null,
  identity       text,
  key            text,
  facts          jsonb not null default '{}'::jsonb,
  problems       jsonb not null default '[]'::jsonb,
  constraint import_rows_pkey PRIMARY KEY (territory_id, import_id, table_position, number),
  constraint import_rows_import FOREIGN KEY (territory_id, import_id) REFERENCES imports(territory_id, id) ON DELETE CASCADE,
  constraint import_rows_subject CHECK ((subject = ANY (ARRAY['organisation'::text, 'person'::text, 'none'::text])))
);
CREATE INDEX import_rows_by_identity ON import_rows USING btree (territory_id, import_id, identity, table_position, number);
alter table import_rows enable row level security;
alter table import_rows force row level security;
create policy import_rows_territory on import_rows to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on import_rows to terreau_app;

create table import_tables (
  territory_id  uuid not null,
  import_id     uuid not null,
  position      integer not null,
  file_position integer not null,
  name          text not null,
  sheet         text not null default ''::text,
  shape         text not null,
  columns       jsonb not null,
  settings      jsonb not null,
  row_count     integer not null,
  notes         jsonb not null default '[]'::jsonb,
  constraint import_tables_pkey PRIMARY KEY (territory_id, import_id, "position"),
  constraint import_tables_import FOREIGN KEY (territory_id, import_id) REFERENCES imports(territory_id, id) ON DELETE CASCADE,
  constraint import_tables_name_length CHECK (((length(name) <= 200) AND (length(sheet) <= 200)))
);
CREATE INDEX import_tables_by_shape ON import_tables USING btree (territory_id, shape);
alter table import_tables enable row level security;
alter table import_tables force row level security;
create policy import_tables_territory on import_tables to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on import_tables to terreau_app;

create table imports (
  territory_id     uuid not null,
  id               uuid not null,
  source           text not null,
  state            text not null default 'reading'::text,
  step_done        integer not null default 0,
  step_total       integer not null default 0,
  step_started_at  timestamp with time zone,
  cancel_requested boolean not null default false,
  failure          text,
  counts           jsonb not null default '{}'::jsonb,
  created_by       uuid,
  created_at       timestamp with time zone not null,
  previewed_at     timestamp with time zone,
  applied_at       timestamp with time zone,
  undone_at        timestamp with time zone,
  asked_by         uuid,
  forgotten_at     timestamp with time zone,
  constraint imports_pkey PRIMARY KEY (territory_id, id),
  constraint imports_asked_by FOREIGN KEY (territory_id, asked_by) REFERENCES people(territory_id, id),
  constraint imports_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint imports_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint imports_failure_length CHECK ((length(failure) <= 500)),
  constraint imports_source_length CHECK (((length(source) >= 1) AND (length(source) <= 80))),
  constraint imports_state CHECK ((state = ANY (ARRAY['reading'::text, 'mapping'::text, 'staging'::text, 'previewed'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'abandoned'::text, 'failed'::text])))
);
CREATE INDEX imports_by_time ON imports USING btree (territory_id, created_at DESC, id);
CREATE INDEX imports_under_way ON imports USING btree (territory_id) WHERE (state = ANY (ARRAY['reading'::text, 'staging'::text, 'applying'::text, 'undoing'::text]));
alter table imports enable row level security;
alter table imports force row level security;
create policy imports_territory on imports to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on imports to terreau_app;

create table instalment_payments (
  territory_id      uuid not null,
  id                uuid not null,
  instalment_id     uuid not null,
  paid_on           date not null,
  amount_cents      bigint not null,
  note              text not null default ''::text,
  entry_id          uuid not null,
  reversal_entry_id uuid,
  created_at        timestamp with time zone not null,
  constraint instalment_payments_pkey PRIMARY KEY (territory_id, id),
  constraint instalment_payments_entry FOREIGN KEY (territory_id, entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint instalment_payments_instalment FOREIGN KEY (territory_id, instalment_id) REFERENCES instalments(territory_id, id),
  constraint instalment_payments_reversal FOREIGN KEY (territory_id, reversal_entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint instalment_payments_amount CHECK ((amount_cents > 0)),
  constraint instalment_payments_note_length CHECK ((length(note) <= 200))
);
CREATE INDEX instalment_payments_of_one ON instalment_payments USING btree (territory_id, instalment_id);
alter table instalment_payments enable row level security;
alter table instalment_payments force row level security;
create policy instalment_payments_territory on instalment_payments to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on instalment_payments to terreau_app;

create table instalments (
  territory_id    uuid not null,
  id              uuid not null,
  agreement_id    uuid not null,
  year            integer not null,
  due_on          date not null,
  amount_cents    bigint not null,
  condition       text not null default ''::text,
  state           text not null default 'planned'::text,
  called_on       date,
  call_entry_id   uuid,
  call_count      integer not null default 0,
  carried_from_id uuid,
  reminded_on     date,
  reminders       integer not null default 0,
  constraint instalments_pkey PRIMARY KEY (territory_id, id),
  constraint instalments_agreement FOREIGN KEY (territory_id, agreement_id) REFERENCES agreements(territory_id, id) ON DELETE CASCADE,
  constraint instalments_call_entry FOREIGN KEY (territory_id, call_entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint instalments_carried_from FOREIGN KEY (territory_id, carried_from_id) REFERENCES instalments(territory_id, id),
  constraint instalments_amount CHECK (((amount_cents >= 1) AND (amount_cents <= '100000000000'::bigint))),
  constraint instalments_called CHECK ((((state = 'called'::text) = (call_entry_id IS NOT NULL)) AND ((state = 'called'::text) = (called_on IS NOT NULL)))),
  constraint instalments_condition_length CHECK ((length(condition) <= 500)),
  constraint instalments_reminders CHECK (((reminders > 0) = (reminded_on IS NOT NULL))),
  constraint instalments_state CHECK ((state = ANY (ARRAY['planned'::text, 'called'::text, 'withdrawn'::text])))
);
CREATE INDEX instalments_by_day ON instalments USING btree (territory_id, due_on) WHERE (state <> 'withdrawn'::text);
CREATE INDEX instalments_of_agreement ON instalments USING btree (territory_id, agreement_id, due_on);
alter table instalments enable row level security;
alter table instalments force row level security;
create policy instalments_territory on instalments to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on instalments to terreau_app;

create table ledger_accounts (
  territory_id    uuid not null,
  id              uuid not null,
  code            text not null,
  unit            text not null,
  organisation_id uuid,
  created_at      timestamp with time zone not null,
  constraint ledger_accounts_pkey PRIMARY KEY (territory_id, id),
  constraint ledger_accounts_code_key UNIQUE (territory_id, code, unit),
  constraint ledger_accounts_unit_key UNIQUE (territory_id, id, unit),
  constraint ledger_accounts_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint ledger_accounts_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint ledger_accounts_book CHECK (((code ~ '^cash-'::text) = (unit = 'eur-cent'::text))),
  constraint ledger_accounts_code_form CHECK ((code ~ '^[a-z]+(-[a-z]+)*(:[0-9a-f-]{36})?$'::text)),
  constraint ledger_accounts_owner CHECK (
CASE
    WHEN (organisation_id IS NULL) THEN (code !~ ':'::text)
    ELSE ("right"(code, 37) = (':'::text || (organisation_id)::text))
END),
  constraint ledger_accounts_unit CHECK ((unit = ANY (ARRAY['eur-cent'::text, 'minute'::text, 'introduction'::text, 'desk-day'::text, 'test-ground-day'::text])))
);
CREATE INDEX ledger_accounts_by_organisation ON ledger_accounts USING btree (territory_id, organisation_id);
alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
create policy ledger_accounts_territory on ledger_accounts to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on ledger_accounts to terreau_app;

create table ledger_block_entries (
  territory_id uuid not null,
  entry_id     uuid not null,
  height       integer not null,
  position     integer not null,
  hash         text not null,
  constraint ledger_block_entries_pkey PRIMARY KEY (territory_id, entry_id),
  constraint ledger_block_entries_place_key UNIQUE (territory_id, height, "position"),
  constraint ledger_block_entries_block FOREIGN KEY (territory_id, height) REFERENCES ledger_blocks(territory_id, height),
  constraint ledger_block_entries_entry FOREIGN KEY (territory_id, entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint ledger_block_entries_hash_form CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);
alter table ledger_block_entries enable row level security;
alter table ledger_block_entries force row level security;
create policy ledger_block_entries_territory on ledger_block_entries to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on ledger_block_entries to terreau_app;

create table ledger_blocks (
  territory_id  uuid not null,
  height        integer not null,
  previous_hash text not null,
  hash          text not null,
  entry_count   integer not null,
  sealed_at     timestamp with time zone not null,
  constraint ledger_blocks_pkey PRIMARY KEY (territory_id, height),
  constraint ledger_blocks_one_successor UNIQUE (territory_id, previous_hash),
  constraint ledger_blocks_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint ledger_blocks_entry_count CHECK ((entry_count >= 1)),
  constraint ledger_blocks_hash_form CHECK (((hash ~ '^[0-9a-f]{64}$'::text) AND (previous_hash ~ '^[0-9a-f]{64}$'::text))),
  constraint ledger_blocks_height CHECK ((height >= 1))
);
alter table ledger_blocks enable row level security;
alter table ledger_blocks force row level security;
create policy ledger_blocks_territory on ledger_blocks to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on ledger_blocks to terreau_app;

create table ledger_daily_sums (
  territory_id   uuid not null,
  account_id     uuid not null,
  day            date not null,
  programme_code text not null default ''::text,
  debits         bigint not null,
  credits        bigint not null,
  constraint ledger_daily_sums_pkey PRIMARY KEY (territory_id, account_id, day, programme_code),
  constraint ledger_daily_sums_account FOREIGN KEY (territory_id, account_id) REFERENCES ledger_accounts(territory_id, id),
  constraint ledger_daily_sums_positive CHECK (((debits >= 0) AND (credits >= 0)))
);
alter table ledger_daily_sums enable row level security;
alter table ledger_daily_sums force row level security;
create policy ledger_daily_sums_territory on ledger_daily_sums to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on ledger_daily_sums to terreau_app;

create table ledger_entries (
  territory_id   uuid not null,
  id             uuid not null,
  key            text not null,
  occurred_on    date not null,
  posted_at      timestamp with time zone not null,
  cause_kind     text not null,
  cause_id       uuid not null,
  author_id      uuid,
  memo           text not null default ''::text,
  reverses_id    uuid,
  programme_code text,
  constraint ledger_entries_pkey PRIMARY KEY (territory_id, id),
  constraint ledger_entries_day_key UNIQUE (territory_id, id, occurred_on),
  constraint ledger_entries_key_key UNIQUE (territory_id, key),
  constraint ledger_entries_reverses_key UNIQUE (territory_id, reverses_id),
  constraint ledger_entries_author FOREIGN KEY (territory_id, author_id) REFERENCES people(territory_id, id),
  constraint ledger_entries_programme FOREIGN KEY (territory_id, programme_code) REFERENCES programmes(territory_id, code),
  constraint ledger_entries_reverses FOREIGN KEY (territory_id, reverses_id) REFERENCES ledger_entries(territory_id, id),
  constraint ledger_entries_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint ledger_entries_cause CHECK ((cause_kind = ANY (ARRAY['session'::text, 'agreement'::text, 'booking'::text, 'decision'::text, 'instalment'::text, 'payment'::text, 'expense'::text, 'stay'::text, 'test'::text]))),
  constraint ledger_entries_memo_length CHECK ((length(memo) <= 500))
);
CREATE INDEX ledger_entries_by_cause ON ledger_entries USING btree (territory_id, cause_kind, cause_id);
CREATE INDEX ledger_entries_by_day ON ledger_entries USING btree (territory_id, occurred_on DESC, id);
alter table ledger_entries enable row level security;
alter table ledger_entries force row level security;
create policy ledger_entries_in_open_years on ledger_entries as restrictive for insert to public with check (NOT (EXISTS ( SELECT
   FROM fiscal_years y
  WHERE ((y.territory_id = ledger_entries.territory_id) AND (y.state = 'closed'::text) AND ((ledger_entries.occurred_on >= y.starts_on) AND (ledger_entries.occurred_on <= y.ends_on))))));
create policy ledger_entries_territory on ledger_entries to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on ledger_entries to terreau_app;

create table ledger_keepers (
  territory_id    uuid not null,
  organisation_id uuid not null,
  constraint ledger_keepers_pkey PRIMARY KEY (territory_id),
  constraint ledger_keepers_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint ledger_keepers_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id)
);
alter table ledger_keepers enable row level security;
alter table ledger_keepers force row level security;
create policy ledger_keepers_territory on ledger_keepers to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on ledger_keepers to terreau_app;

create table ledger_transfers (
  territory_id      uuid not null,
  entry_id          uuid not null,
  position          integer not null,
  debit_account_id  uuid not null,
  credit_account_id uuid not null,
  unit              text not null,
  amount            bigint not null,
  occurred_on       date not null,
  constraint ledger_transfers_pkey PRIMARY KEY (territory_id, entry_id, "position"),
  constraint ledger_transfers_credit FOREIGN KEY (territory_id, credit_account_id, unit) REFERENCES ledger_accounts(territory_id, id, unit),
  constraint ledger_transfers_debit FOREIGN KEY (territory_id, debit_account_id, unit) REFERENCES ledger_accounts(territory_id, id, unit),
  constraint ledger_transfers_entry FOREIGN KEY (territory_id, entry_id, occurred_on) REFERENCES ledger_entries(territory_id, id, occurred_on),
  constraint ledger_transfers_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint ledger_transfers_positive CHECK ((amount > 0)),
  constraint ledger_transfers_two_accounts CHECK ((debit_account_id <> credit_account_id))
);
CREATE INDEX ledger_transfers_by_credit ON ledger_transfers USING btree (territory_id, credit_account_id, occurred_on, entry_id, "position");
CREATE INDEX ledger_transfers_by_debit ON ledger_transfers USING btree (territory_id, debit_account_id, occurred_on, entry_id, "position");
alter table ledger_transfers enable row level security;
alter table ledger_transfers force row level security;
create policy ledger_transfers_territory on ledger_transfers to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on ledger_transfers to terreau_app;

create table ledger_unsealed (
  territory_id uuid not null,
  entry_id     uuid not null,
  constraint ledger_unsealed_pkey PRIMARY KEY (territory_id, entry_id),
  constraint ledger_unsealed_entry FOREIGN KEY (territory_id, entry_id) REFERENCES ledger_entries(territory_id, id)
);
alter table ledger_unsealed enable row level security;
alter table ledger_unsealed force row level security;
create policy ledger_unsealed_territory on ledger_unsealed to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select on ledger_unsealed to terreau_app;

create table match_delegations (
  territory_id uuid not null,
  id           uuid not null,
  match_id     uuid not null,
  side         text not null,
  person_id    uuid not null,
  note         text not null default ''::text,
  delegated_by uuid,
  delegated_at timestamp with time zone not null,
  constraint match_delegations_pkey PRIMARY KEY (territory_id, id),
  constraint match_delegations_by FOREIGN KEY (territory_id, delegated_by) REFERENCES people(territory_id, id),
  constraint match_delegations_match FOREIGN KEY (territory_id, match_id) REFERENCES matches(territory_id, id),
  constraint match_delegations_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint match_delegations_note_length CHECK ((length(note) <= 500)),
  constraint match_delegations_side CHECK ((side = ANY (ARRAY['need'::text, 'offer'::text])))
);
CREATE INDEX match_delegations_by_match ON match_delegations USING btree (territory_id, match_id, side, delegated_at, id);
alter table match_delegations enable row level security;
alter table match_delegations force row level security;
create policy match_delegations_territory on match_delegations to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on match_delegations to terreau_app;

create table matches (
  territory_id      uuid not null,
  id                uuid not null,
  need_id           uuid not null,
  offer_id          uuid not null,
  round_id          uuid,
  introduced_by     uuid,
  quantity          integer not null,
  score             integer,
  why               jsonb not null default '{}'::jsonb,
  message           text not null default ''::text,
  state             text not null default 'proposed'::text,
  need_answer       text,
  need_reason       text not null default ''::text,
  need_answered_by  uuid,
  need_answered_at  timestamp with time zone,
  offer_answer      text,
  offer_reason      text not null default ''::text,
  offer_answered_by uuid,
  offer_answered_at timestamp with time zone,
  created_at        timestamp with time zone not null,
  updated_at        timestamp with time zone not null,
  version           integer not null default 1,
  constraint matches_pkey PRIMARY KEY (territory_id, id),
  constraint matches_round_pair_key UNIQUE (territory_id, round_id, need_id, offer_id),
  constraint matches_introduced_by FOREIGN KEY (territory_id, introduced_by) REFERENCES people(territory_id, id),
  constraint matches_need FOREIGN KEY (territory_id, need_id) REFERENCES needs(territory_id, id),
  constraint matches_need_answered_by FOREIGN KEY (territory_id, need_answered_by) REFERENCES people(territory_id, id),
  constraint matches_offer FOREIGN KEY (territory_id, offer_id) REFERENCES offers(territory_id, id),
  constraint matches_offer_answered_by FOREIGN KEY (territory_id, offer_answered_by) REFERENCES people(territory_id, id),
  constraint matches_round FOREIGN KEY (territory_id, round_id) REFERENCES rounds(territory_id, id),
  constraint matches_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint matches_accepted_by_both CHECK (((state <> 'accepted'::text) OR ((need_answer = 'accepted'::text) AND (offer_answer = 'accepted'::text)))),
  constraint matches_declined_by_one CHECK (((state <> 'declined'::text) OR (need_answer = 'declined'::text) OR (offer_answer = 'declined'::text))),
  constraint matches_need_answer CHECK ((need_answer = ANY (ARRAY['accepted'::text, 'declined'::text]))),
  constraint matches_offer_answer CHECK ((offer_answer = ANY (ARRAY['accepted'::text, 'declined'::text]))),
  constraint matches_origin CHECK (((round_id IS NULL) <> (introduced_by IS NULL))),
  constraint matches_quantity CHECK ((quantity > 0)),
  constraint matches_reason_length CHECK (((length(need_reason) <= 500) AND (length(offer_reason) <= 500) AND (length(message) <= 2000))),
  constraint matches_state CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text])))
);
CREATE INDEX matches_by_need ON matches USING btree (territory_id, need_id);
CREATE INDEX matches_by_offer ON matches USING btree (territory_id, offer_id);
alter table matches enable row level security;
alter table matches force row level security;
create policy matches_territory on matches to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on matches to terreau_app;

create table memberships (
  territory_id    uuid not null,
  person_id       uuid not null,
  organisation_id uuid not null,
  role            text not null,
  since           date not null,
  constraint memberships_pkey PRIMARY KEY (territory_id, person_id, organisation_id),
  constraint memberships_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint memberships_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint memberships_role CHECK ((role = ANY (ARRAY['manager'::text, 'member'::text])))
);
CREATE INDEX memberships_by_organisation ON memberships USING btree (territory_id, organisation_id, person_id);
alter table memberships enable row level security;
alter table memberships force row level security;
create policy memberships_territory on memberships to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on memberships to terreau_app;

create table need_offer_imports (
  territory_id uuid not null,
  id           uuid not null,
  subject      text not null,
  file_name    text not null,
  content      bytea not null,
  mapping      jsonb not null default '{}'::jsonb,
  state        text not null default 'previewed'::text,
  report       jsonb not null default '{}'::jsonb,
  created_by   uuid,
  created_at   timestamp with time zone not null,
  loaded_at    timestamp with time zone,
  constraint need_offer_imports_pkey PRIMARY KEY (territory_id, id),
  constraint need_offer_imports_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint need_offer_imports_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint need_offer_imports_size CHECK ((octet_length(content) <= 20971520)),
  constraint need_offer_imports_state CHECK ((state = ANY (ARRAY['previewed'::text, 'loaded'::text, 'abandoned'::text]))),
  constraint need_offer_imports_subject CHECK ((subject = ANY (ARRAY['needs'::text, 'offers'::text])))
);
alter table need_offer_imports enable row level security;
alter table need_offer_imports force row level security;
create policy need_offer_imports_territory on need_offer_imports to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on need_offer_imports to terreau_app;

create table needs (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  kind_code       text not null,
  unit            text not null,
  quantity        integer not null,
  title           text not null,
  body            text not null default ''::text,
  urgency         integer not null default 2,
  needed_by       date,
  visibility      text not null default 'territory'::text,
  state           text not null default 'open'::text,
  conditions      jsonb not null default '{}'::jsonb,
  theme_codes     text[] not null default '{}'::text[],
  external_key    text,
  created_by      uuid,
  created_at      timestamp with time zone not null,
  updated_at      timestamp with time zone not null,
  version         integer not null default 1,
  search_text     tsvector generated always as (to_tsvector('french'::regconfig, ((title || ' '::text) || body))) stored,
  constraint needs_pkey PRIMARY KEY (territory_id, id),
  constraint needs_external_key_key UNIQUE (territory_id, external_key),
  constraint needs_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint needs_kind FOREIGN KEY (territory_id, kind_code, unit) REFERENCES support_kinds(territory_id, code, unit),
  constraint needs_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint needs_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint needs_body_length CHECK ((length(body) <= 20000)),
  constraint needs_quantity CHECK (((quantity >= 1) AND (quantity <= 400))),
  constraint needs_state CHECK ((state = ANY (ARRAY['open'::text, 'met'::text, 'withdrawn'::text]))),
  constraint needs_title_length CHECK (((length(title) >= 3) AND (length(title) <= 160))),
  constraint needs_urgency CHECK (((urgency >= 1) AND (urgency <= 3))),
  constraint needs_visibility CHECK ((visibility = ANY (ARRAY['public'::text, 'territory'::text, 'team'::text])))
);
CREATE INDEX needs_by_organisation ON needs USING btree (territory_id, organisation_id, created_at DESC);
CREATE INDEX needs_open ON needs USING btree (territory_id, state, created_at DESC, id);
alter table needs enable row level security;
alter table needs force row level security;
create policy needs_territory on needs to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on needs to terreau_app;

create table offer_rates (
  territory_id             uuid not null,
  id                       uuid not null,
  offer_id                 uuid not null,
  valid_from               date not null,
  method                   text not null,
  cost_cents               bigint not null,
  market_cents             bigint not null,
  paid_cents               bigint not null,
  public_share_per_million integer not null,
  evidence                 text not null,
  recorded_by              uuid,
  recorded_at              timestamp with time zone not null,
  constraint offer_rates_pkey PRIMARY KEY (territory_id, id),
  constraint offer_rates_offer FOREIGN KEY (territory_id, offer_id) REFERENCES offers(territory_id, id),
  constraint offer_rates_recorded_by FOREIGN KEY (territory_id, recorded_by) REFERENCES people(territory_id, id),
  constraint offer_rates_amounts CHECK ((((cost_cents >= 0) AND (cost_cents <= '100000000000'::bigint)) AND ((market_cents >= 0) AND (market_cents <= '100000000000'::bigint)) AND ((paid_cents >= 0) AND (paid_cents <= '100000000000'::bigint)))),
  constraint offer_rates_evidence_length CHECK (((length(evidence) >= 1) AND (length(evidence) <= 1000))),
  constraint offer_rates_method CHECK ((method = ANY (ARRAY['donor-cost'::text, 'market-minus-paid'::text, 'standard-rate'::text]))),
  constraint offer_rates_public_share CHECK (((public_share_per_million >= 0) AND (public_share_per_million <= 1000000)))
);
CREATE INDEX offer_rates_by_offer ON offer_rates USING btree (territory_id, offer_id, valid_from, id);
alter table offer_rates enable row level security;
alter table offer_rates force row level security;
create policy offer_rates_territory on offer_rates to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on offer_rates to terreau_app;

create table offers (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  kind_code       text not null,
  unit            text not null,
  capacity        integer not null,
  minimum         integer not null default 0,
  title           text not null,
  body            text not null default ''::text,
  available_from  date,
  available_until date,
  visibility      text not null default 'territory'::text,
  state           text not null default 'open'::text,
  conditions      jsonb not null default '{}'::jsonb,
  theme_codes     text[] not null default '{}'::text[],
  external_key    text,
  created_by      uuid,
  created_at      timestamp with time zone not null,
  updated_at      timestamp with time zone not null,
  version         integer not null default 1,
  search_text     tsvector generated always as (to_tsvector('french'::regconfig, ((title || ' '::text) || body))) stored,
  constraint offers_pkey PRIMARY KEY (territory_id, id),
  constraint offers_external_key_key UNIQUE (territory_id, external_key),
  constraint offers_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint offers_kind FOREIGN KEY (territory_id, kind_code, unit) REFERENCES support_kinds(territory_id, code, unit),
  constraint offers_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint offers_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint offers_body_length CHECK ((length(body) <= 20000)),
  constraint offers_capacity CHECK (((capacity >= 1) AND (capacity <= 10000))),
  constraint offers_minimum CHECK (((minimum >= 0) AND (minimum <= capacity))),
  constraint offers_period CHECK ((available_until > available_from)),
  constraint offers_state CHECK ((state = ANY (ARRAY['open'::text, 'paused'::text, 'withdrawn'::text]))),
  constraint offers_title_length CHECK (((length(title) >= 3) AND (length(title) <= 160))),
  constraint offers_visibility CHECK ((visibility = ANY (ARRAY['public'::text, 'territory'::text, 'team'::text])))
);
CREATE INDEX offers_by_organisation ON offers USING btree (territory_id, organisation_id, created_at DESC);
CREATE INDEX offers_open ON offers USING btree (territory_id, state, created_at DESC, id);
alter table offers enable row level security;
alter table offers force row level security;
create policy offers_territory on offers to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on offers to terreau_app;

create table organisation_changes (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  source          text not null,
  source_id       uuid,
  author_id       uuid,
  at              timestamp with time zone not null,
  before          jsonb not null default '{}'::jsonb,
  after           jsonb not null default '{}'::jsonb,
  state           text not null default 'applied'::text,
  decided_by      uuid,
  decided_at      timestamp with time zone,
  reason          text not null default ''::text,
  undoes_id       uuid,
  constraint organisation_changes_pkey PRIMARY KEY (territory_id, id),
  constraint organisation_changes_author FOREIGN KEY (territory_id, author_id) REFERENCES people(territory_id, id),
  constraint organisation_changes_decided_by FOREIGN KEY (territory_id, decided_by) REFERENCES people(territory_id, id),
  constraint organisation_changes_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint organisation_changes_undoes FOREIGN KEY (territory_id, undoes_id) REFERENCES organisation_changes(territory_id, id),
  constraint organisation_changes_reason_length CHECK ((length(reason) <= 500)),
  constraint organisation_changes_source CHECK ((source = ANY (ARRAY['form'::text, 'api'::text, 'import'::text, 'register'::text, 'merge'::text, 'undo'::text, 'demonstration'::text]))),
  constraint organisation_changes_state CHECK ((state = ANY (ARRAY['applied'::text, 'proposed'::text, 'refused'::text, 'undone'::text])))
);
CREATE INDEX organisation_changes_by_source ON organisation_changes USING btree (territory_id, source_id) WHERE (source_id IS NOT NULL);
CREATE INDEX organisation_changes_of_one ON organisation_changes USING btree (territory_id, organisation_id, at DESC, id);
CREATE UNIQUE INDEX organisation_changes_undone_once ON organisation_changes USING btree (territory_id, undoes_id) WHERE (undoes_id IS NOT NULL);
CREATE INDEX organisation_changes_waiting ON organisation_changes USING btree (territory_id, at) WHERE (state = 'proposed'::text);
alter table organisation_changes enable row level security;
alter table organisation_changes force row level security;
create policy organisation_changes_territory on organisation_changes to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on organisation_changes to terreau_app;

create table organisation_conflicts (
  territory_id    uuid not null,
  organisation_id uuid not null,
  other_id        uuid not null,
  tie             text not null,
  declared_by     uuid,
  declared_at     timestamp with time zone not null,
  holder_id       uuid,
  share_per_mille integer,
  constraint organisation_conflicts_pkey PRIMARY KEY (territory_id, organisation_id, other_id),
  constraint organisation_conflicts_declared_by FOREIGN KEY (territory_id, declared_by) REFERENCES people(territory_id, id),
  constraint organisation_conflicts_holder FOREIGN KEY (territory_id, holder_id) REFERENCES organisations(territory_id, id),
  constraint organisation_conflicts_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint organisation_conflicts_other FOREIGN KEY (territory_id, other_id) REFERENCES organisations(territory_id, id),
  constraint organisation_conflicts_holder_is_one CHECK (((holder_id IS NULL) OR ((tie = 'shareholder'::text) AND ((holder_id = organisation_id) OR (holder_id = other_id))))),
  constraint organisation_conflicts_ordered CHECK ((organisation_id < other_id)),
  constraint organisation_conflicts_share CHECK (((share_per_mille IS NULL) OR ((holder_id IS NOT NULL) AND ((share_per_mille >= 1) AND (share_per_mille <= 1000))))),
  constraint organisation_conflicts_tie CHECK ((tie = ANY (ARRAY['competitor'::text, 'shareholder'::text, 'supplier'::text, 'other'::text])))
);
alter table organisation_conflicts enable row level security;
alter table organisation_conflicts force row level security;
create policy organisation_conflicts_territory on organisation_conflicts to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_conflicts to terreau_app;

create table organisation_distinctions (
  territory_id uuid not null,
  first_id     uuid not null,
  second_id    uuid not null,
  said_by      uuid,
  said_at      timestamp with time zone not null,
  constraint organisation_distinctions_pkey PRIMARY KEY (territory_id, first_id, second_id),
  constraint organisation_distinctions_first FOREIGN KEY (territory_id, first_id) REFERENCES organisations(territory_id, id),
  constraint organisation_distinctions_said_by FOREIGN KEY (territory_id, said_by) REFERENCES people(territory_id, id),
  constraint organisation_distinctions_second FOREIGN KEY (territory_id, second_id) REFERENCES organisations(territory_id, id),
  constraint organisation_distinctions_order CHECK ((first_id < second_id))
);
CREATE INDEX organisation_distinctions_by_second ON organisation_distinctions USING btree (territory_id, second_id);
alter table organisation_distinctions enable row level security;
alter table organisation_distinctions force row level security;
create policy organisation_distinctions_territory on organisation_distinctions to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select on organisation_distinctions to terreau_app;

create table organisation_keys (
  territory_id    uuid not null,
  source          text not null,
  key             text not null,
  organisation_id uuid not null,
  constraint organisation_keys_pkey PRIMARY KEY (territory_id, source, key),
  constraint organisation_keys_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint organisation_keys_length CHECK ((((length(source) >= 1) AND (length(source) <= 120)) AND ((length(key) >= 1) AND (length(key) <= 300))))
);
CREATE INDEX organisation_keys_by_organisation ON organisation_keys USING btree (territory_id, organisation_id);
alter table organisation_keys enable row level security;
alter table organisation_keys force row level security;
create policy organisation_keys_territory on organisation_keys to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_keys to terreau_app;

create table organisation_merges (
  territory_id uuid not null,
  id           uuid not null,
  kept_id      uuid not null,
  gone_id      uuid not null,
  moved        jsonb not null default '{}'::jsonb,
  merged_by    uuid,
  merged_at    timestamp with time zone not null,
  undone_at    timestamp with time zone,
  constraint organisation_merges_pkey PRIMARY KEY (territory_id, id),
  constraint organisation_merges_gone FOREIGN KEY (territory_id, gone_id) REFERENCES organisations(territory_id, id),
  constraint organisation_merges_kept FOREIGN KEY (territory_id, kept_id) REFERENCES organisations(territory_id, id),
  constraint organisation_merges_merged_by FOREIGN KEY (territory_id, merged_by) REFERENCES people(territory_id, id),
  constraint organisation_merges_two CHECK ((kept_id <> gone_id))
);
CREATE INDEX organisation_merges_by_gone ON organisation_merges USING btree (territory_id, gone_id);
CREATE INDEX organisation_merges_by_kept ON organisation_merges USING btree (territory_id, kept_id);
alter table organisation_merges enable row level security;
alter table organisation_merges force row level security;
create policy organisation_merges_territory on organisation_merges to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on organisation_merges to terreau_app;

create table organisation_parts (
  territory_id    uuid not null,
  organisation_id uuid not null,
  part            text not null,
  constraint organisation_parts_pkey PRIMARY KEY (territory_id, organisation_id, part),
  constraint organisation_parts_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id) ON DELETE CASCADE,
  constraint organisation_parts_known CHECK ((part = ANY (ARRAY['startup'::text, 'company-partner'::text, 'public-body'::text, 'research'::text, 'investor'::text, 'media'::text, 'support-structure'::text])))
);
CREATE INDEX organisation_parts_by_part ON organisation_parts USING btree (territory_id, part, organisation_id);
alter table organisation_parts enable row level security;
alter table organisation_parts force row level security;
create policy organisation_parts_territory on organisation_parts to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_parts to terreau_app;

create table organisation_phases (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  phase           text not null,
  since           date not null,
  until           date,
  constraint organisation_phases_pkey PRIMARY KEY (territory_id, id),
  constraint organisation_phases_once UNIQUE (territory_id, organisation_id, phase, since),
  constraint organisation_phases_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint organisation_phases_length CHECK (((length(phase) >= 1) AND (length(phase) <= 120))),
  constraint organisation_phases_period CHECK ((until >= since))
);
alter table organisation_phases enable row level security;
alter table organisation_phases force row level security;
create policy organisation_phases_territory on organisation_phases to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_phases to terreau_app;

create table organisation_places (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  siret           text,
  label           text not null default ''::text,
  address         text not null default ''::text,
  postal_code     text,
  commune         text,
  commune_code    text,
  latitude        double precision,
  longitude       double precision,
  since           date,
  until           date,
  constraint organisation_places_pkey PRIMARY KEY (territory_id, id),
  constraint organisation_places_siret_key UNIQUE (territory_id, siret),
  constraint organisation_places_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id),
  constraint organisation_places_period CHECK ((until >= since)),
  constraint organisation_places_place CHECK ((((latitude IS NULL) = (longitude IS NULL)) AND ((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)) AND ((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))),
  constraint organisation_places_siret_form CHECK ((siret ~ '^[0-9]{14}$'::text))
);
CREATE INDEX organisation_places_by_organisation ON organisation_places USING btree (territory_id, organisation_id);
alter table organisation_places enable row level security;
alter table organisation_places force row level security;
create policy organisation_places_territory on organisation_places to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_places to terreau_app;

create table organisation_themes (
  territory_id    uuid not null,
  organisation_id uuid not null,
  theme_code      text not null,
  constraint organisation_themes_pkey PRIMARY KEY (territory_id, organisation_id, theme_code),
  constraint organisation_themes_organisation FOREIGN KEY (territory_id, organisation_id) REFERENCES organisations(territory_id, id) ON DELETE CASCADE,
  constraint organisation_themes_theme FOREIGN KEY (territory_id, theme_code) REFERENCES themes(territory_id, code)
);
CREATE INDEX organisation_themes_by_theme ON organisation_themes USING btree (territory_id, theme_code, organisation_id);
alter table organisation_themes enable row level security;
alter table organisation_themes force row level security;
create policy organisation_themes_territory on organisation_themes to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_themes to terreau_app;

create table organisation_ties (
  territory_id uuid not null,
  id           uuid not null,
  from_id      uuid not null,
  to_id        uuid not null,
  kind         text not null,
  since        date,
  until        date,
  constraint organisation_ties_pkey PRIMARY KEY (territory_id, id),
  constraint organisation_ties_once UNIQUE NULLS NOT DISTINCT (territory_id, from_id, to_id, kind, since),
  constraint organisation_ties_from FOREIGN KEY (territory_id, from_id) REFERENCES organisations(territory_id, id),
  constraint organisation_ties_to FOREIGN KEY (territory_id, to_id) REFERENCES organisations(territory_id, id),
  constraint organisation_ties_kind CHECK ((kind = ANY (ARRAY['incubated-by'::text, 'sponsored-by'::text, 'part-of'::text, 'member-of'::text, 'successor-of'::text, 'spun-out-of'::text, 'other'::text]))),
  constraint organisation_ties_period CHECK ((until >= since)),
  constraint organisation_ties_two CHECK ((from_id <> to_id))
);
CREATE INDEX organisation_ties_to_one ON organisation_ties USING btree (territory_id, to_id);
alter table organisation_ties enable row level security;
alter table organisation_ties force row level security;
create policy organisation_ties_territory on organisation_ties to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on organisation_ties to terreau_app;

create table organisations (
  territory_id        uuid not null,
  id                  uuid not null,
  slug                text not null,
  name                text not null,
  siren               text,
  naf_section         text,
  region_code         text,
  commune             text,
  employees           integer,
  founded_on          date,
  website             text,
  summary_fr          text not null default ''::text,
  summary_en          text not null default ''::text,
  created_at          timestamp with time zone not null,
  updated_at          timestamp with time zone not null,
  version             integer not null default 1,
  legal_name          text,
  other_names         text[] not null default '{}'::text[],
  siret               text,
  naf_code            text,
  commune_code        text,
  postal_code         text,
  address             text,
  latitude            double precision,
  longitude           double precision,
  arrived_on          date,
  left_on             date,
  closed_on           date,
  links               jsonb not null default '[]'::jsonb,
  extra               jsonb not null default '{}'::jsonb,
  logo_id             uuid,
  is_listed           boolean not null default true,
  register_state      text not null default 'none'::text,
  register_checked_at timestamp with time zone,
  merged_into_id      uuid,
  name_key            text generated always as (folded(name)) stored,
  withdrawn_at        timestamp with time zone,
  names_key           text generated always as (folded_names(name, legal_name, other_names)) stored,
  commune_key         text generated always as (COALESCE(commune_code, commune)) stored,
  founded_decade      integer generated always as (((EXTRACT(decade FROM founded_on) * (10)::numeric))::integer) stored,
  search_text         tsvector generated always as ((((setweight(to_tsvector('simple_folded'::regconfig, folded_names(name, legal_name, other_names)), 'A'::"char") || setweight(to_tsvector('french_folded'::regconfig, ((name || ' '::text) || summary_fr)), 'B'::"char")) || setweight(to_tsvector('english_folded'::regconfig, summary_en), 'C'::"char")) || setweight(to_tsvector('simple_folded'::regconfig, COALESCE(commune, ''::text)), 'C'::"char"))) stored,
  constraint organisations_pkey PRIMARY KEY (territory_id, id),
  constraint organisations_logo FOREIGN KEY (territory_id, logo_id) REFERENCES stored_files(territory_id, id),
  constraint organisations_merged_into FOREIGN KEY (territory_id, merged_into_id) REFERENCES organisations(territory_id, id),
  constraint organisations_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint organisations_commune_code_form CHECK ((commune_code ~ '^[0-9AB]{5}$'::text)),
  constraint organisations_employees CHECK ((employees >= 0)),
  constraint organisations_gone_unlisted CHECK ((NOT (is_listed AND ((withdrawn_at IS NOT NULL) OR (merged_into_id IS NOT NULL))))),
  constraint organisations_life CHECK (((closed_on >= founded_on) AND (left_on >= arrived_on))),
  constraint organisations_listed_shape CHECK (((jsonb_typeof(links) = 'array'::text) AND (jsonb_typeof(extra) = 'object'::text))),
  constraint organisations_longest CHECK (((length(address) <= 300) AND (length(legal_name) <= 200) AND (length(website) <= 500))),
  constraint organisations_merged_elsewhere CHECK ((merged_into_id <> id)),
  constraint organisations_naf_code_form CHECK ((naf_code ~ '^[0-9]{2}\.[0-9]{2}[A-Z]$'::text)),
  constraint organisations_naf_section CHECK ((naf_section ~ '^[A-U]$'::text)),
  constraint organisations_name_length CHECK (((length(name) >= 1) AND (length(name) <= 160))),
  constraint organisations_never_listed CHECK ((NOT (is_listed AND (register_state = 'not-diffusible'::text)))),
  constraint organisations_place CHECK ((((latitude IS NULL) = (longitude IS NULL)) AND ((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)) AND ((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))),
  constraint organisations_register_state CHECK ((register_state = ANY (ARRAY['none'::text, 'pending'::text, 'verified'::text, 'unverified'::text, 'closed'::text, 'not-diffusible'::text]))),
  constraint organisations_siren_form CHECK ((siren ~ '^[0-9]{9}$'::text)),
  constraint organisations_siret_form CHECK ((siret ~ '^[0-9]{14}$'::text)),
  constraint organisations_siret_of_siren CHECK (((siren IS NULL) OR (siret IS NULL) OR ("left"(siret, 9) = siren))),
  constraint organisations_slug_form CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 120))),
  constraint organisations_summary_length CHECK (((length(summary_fr) <= 2000) AND (length(summary_en) <= 2000)))
);
CREATE INDEX organisations_by_bare_name ON organisations USING btree (territory_id, regexp_replace(name_key, '\m(sas|sasu|sarl|eurl|sa|sci|scop|inc|ltd|llc|corp|gmbh|the|les|le|la)\M|[^[:alnum:]]'::text, ''::text, 'g'::text));
CREATE INDEX organisations_by_commune ON organisations USING btree (territory_id, commune_code);
CREATE INDEX organisations_by_founding ON organisations USING btree (territory_id, COALESCE(founded_on, '0001-01-01'::date) DESC, id DESC) WHERE (is_listed AND (merged_into_id IS NULL));
CREATE INDEX organisations_by_host ON organisations USING btree (territory_id, lower("substring"(website, '^https?://(?:www\.)?([^/:?#]+)'::text)));
CREATE INDEX organisations_by_name ON organisations USING btree (territory_id, name, id);
CREATE INDEX organisations_by_name_key ON organisations USING btree (territory_id, name_key, id);
CREATE INDEX organisations_by_size ON organisations USING btree (territory_id, COALESCE(employees, '-1'::integer) DESC, id DESC) WHERE (is_listed AND (merged_into_id IS NULL));
CREATE INDEX organisations_by_survivor ON organisations USING btree (territory_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX organisations_counted ON organisations USING btree (territory_id, id) INCLUDE (commune_key, naf_section, founded_decade, arrived_on, left_on, closed_on, latitude, longitude) WHERE (is_listed AND (merged_into_id IS NULL));
CREATE INDEX organisations_gone_by_slug ON organisations USING btree (territory_id, slug) WHERE (withdrawn_at IS NOT NULL);
CREATE INDEX organisations_hidden ON organisations USING btree (territory_id, id) WHERE (NOT (is_listed AND (merged_into_id IS NULL)));
CREATE INDEX organisations_name_words ON organisations USING gin (to_tsvector('simple_folded'::regconfig, names_key)) WITH (gin_pending_list_limit='256');
CREATE INDEX organisations_names_like ON organisations USING gin (names_key gin_trgm_ops) WITH (gin_pending_list_limit='256');
CREATE INDEX organisations_newest ON organisations USING btree (territory_id, created_at DESC, id DESC) WHERE (is_listed AND (merged_into_id IS NULL));
CREATE INDEX organisations_search ON organisations USING gin (search_text) WITH (gin_pending_list_limit='256');
CREATE UNIQUE INDEX organisations_siren_key ON organisations USING btree (territory_id, siren) WHERE ((withdrawn_at IS NULL) AND (merged_into_id IS NULL));
CREATE UNIQUE INDEX organisations_slug_key ON organisations USING btree (territory_id, slug) WHERE (withdrawn_at IS NULL);
CREATE INDEX organisations_to_verify ON organisations USING btree (territory_id, id) WHERE (register_state = 'pending'::text);
alter table organisations enable row level security;
alter table organisations force row level security;
create policy organisations_search on organisations for select to terreau_search using true;
create policy organisations_territory on organisations to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on organisations to terreau_app;

create table outgoing_mails (
  id              uuid not null,
  recipient       text not null,
  subject         text not null,
  body_text       text not null,
  calendar_name   text,
  calendar_text   text,
  created_at      timestamp with time zone not null,
  expires_at      timestamp with time zone,
  attempts        integer not null default 0,
  next_attempt_at timestamp with time zone,
  sent_at         timestamp with time zone,
  failure         text,
  constraint outgoing_mails_pkey PRIMARY KEY (id),
  constraint outgoing_mails_attempts CHECK ((attempts >= 0)),
  constraint outgoing_mails_calendar_whole CHECK (((calendar_name IS NULL) = (calendar_text IS NULL))),
  constraint outgoing_mails_sent_once CHECK (((sent_at IS NULL) OR (next_attempt_at IS NULL)))
);
CREATE INDEX outgoing_mails_due ON outgoing_mails USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX outgoing_mails_newest ON outgoing_mails USING btree (created_at DESC, id);
grant insert, select, update on outgoing_mails to terreau_app;

create table people (
  territory_id uuid not null,
  id           uuid not null,
  email        text,
  name         text not null,
  locale       text not null default 'fr'::text,
  created_at   timestamp with time zone not null,
  constraint people_pkey PRIMARY KEY (territory_id, id),
  constraint people_email_key UNIQUE (territory_id, email),
  constraint people_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint people_email_form CHECK (((email = lower(email)) AND (length(email) <= 254))),
  constraint people_locale_known CHECK ((locale = ANY (ARRAY['fr'::text, 'en'::text]))),
  constraint people_name_length CHECK (((length(name) >= 1) AND (length(name) <= 120)))
);
alter table people enable row level security;
alter table people force row level security;
create policy people_territory on people to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on people to terreau_app;

create table person_keys (
  territory_id uuid not null,
  source       text not null,
  key          text not null,
  person_id    uuid not null,
  constraint person_keys_pkey PRIMARY KEY (territory_id, source, key),
  constraint person_keys_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint person_keys_length CHECK ((((length(source) >= 1) AND (length(source) <= 120)) AND ((length(key) >= 1) AND (length(key) <= 300))))
);
alter table person_keys enable row level security;
alter table person_keys force row level security;
create policy person_keys_territory on person_keys to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on person_keys to terreau_app;

create table programmes (
  territory_id uuid not null,
  code         text not null,
  label_fr     text not null,
  label_en     text not null,
  position     integer not null default 0,
  constraint programmes_pkey PRIMARY KEY (territory_id, code),
  constraint programmes_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint programmes_code_form CHECK (((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(code) <= 60))),
  constraint programmes_label_length CHECK ((((length(label_fr) >= 1) AND (length(label_fr) <= 120)) AND ((length(label_en) >= 1) AND (length(label_en) <= 120))))
);
alter table programmes enable row level security;
alter table programmes force row level security;
create policy programmes_territory on programmes to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on programmes to terreau_app;

create table role_grants (
  territory_id uuid not null,
  person_id    uuid not null,
  role         text not null,
  granted_by   uuid,
  granted_at   timestamp with time zone not null,
  constraint role_grants_pkey PRIMARY KEY (territory_id, person_id, role),
  constraint role_grants_granted_by FOREIGN KEY (territory_id, granted_by) REFERENCES people(territory_id, id),
  constraint role_grants_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint role_grants_role CHECK ((role = ANY (ARRAY['administrator'::text, 'programme-team'::text, 'expert'::text, 'funder'::text, 'committee-member'::text])))
);
alter table role_grants enable row level security;
alter table role_grants force row level security;
create policy role_grants_territory on role_grants to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on role_grants to terreau_app;

create table round_decisions (
  territory_id uuid not null,
  round_id     uuid not null,
  need_id      uuid not null,
  offer_id     uuid not null,
  decision     text not null,
  quantity     integer,
  reason       text not null default ''::text,
  decided_by   uuid,
  decided_at   timestamp with time zone not null,
  constraint round_decisions_pkey PRIMARY KEY (territory_id, round_id, need_id, offer_id),
  constraint round_decisions_decided_by FOREIGN KEY (territory_id, decided_by) REFERENCES people(territory_id, id),
  constraint round_decisions_need FOREIGN KEY (territory_id, need_id) REFERENCES needs(territory_id, id),
  constraint round_decisions_offer FOREIGN KEY (territory_id, offer_id) REFERENCES offers(territory_id, id),
  constraint round_decisions_round FOREIGN KEY (territory_id, round_id) REFERENCES rounds(territory_id, id),
  constraint round_decisions_decision CHECK ((decision = ANY (ARRAY['pin'::text, 'forbid'::text]))),
  constraint round_decisions_quantity CHECK ((((decision = 'pin'::text) = (quantity IS NOT NULL)) AND (quantity > 0))),
  constraint round_decisions_reason_length CHECK ((length(reason) <= 500))
);
alter table round_decisions enable row level security;
alter table round_decisions force row level security;
create policy round_decisions_territory on round_decisions to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on round_decisions to terreau_app;

create table round_runs (
  territory_id     uuid not null,
  id               uuid not null,
  round_id         uuid not null,
  number           integer not null,
  state            text not null default 'queued'::text,
  progress_percent integer not null default 0,
  progress_step    text not null default 'queued'::text,
  cancel_requested boolean not null default false,
  problem          jsonb,
  plan             jsonb,
  failure          text,
  requested_by     uuid,
  created_at       timestamp with time zone not null,
  started_at       timestamp with time zone,
  finished_at      timestamp with time zone,
  constraint round_runs_pkey PRIMARY KEY (territory_id, id),
  constraint round_runs_number_key UNIQUE (territory_id, round_id, number),
  constraint round_runs_round_key UNIQUE (territory_id, round_id, id),
  constraint round_runs_requested_by FOREIGN KEY (territory_id, requested_by) REFERENCES people(territory_id, id),
  constraint round_runs_round FOREIGN KEY (territory_id, round_id) REFERENCES rounds(territory_id, id),
  constraint round_runs_done_whole CHECK (((state <> 'done'::text) OR ((plan IS NOT NULL) AND (problem IS NOT NULL) AND (finished_at IS NOT NULL)))),
  constraint round_runs_progress CHECK (((progress_percent >= 0) AND (progress_percent <= 100))),
  constraint round_runs_state CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);
alter table round_runs enable row level security;
alter table round_runs force row level security;
create policy round_runs_territory on round_runs to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on round_runs to terreau_app;

create table rounds (
  territory_id     uuid not null,
  id               uuid not null,
  number           integer not null,
  title            text not null,
  starts_on        date not null,
  ends_on          date not null,
  state            text not null default 'open'::text,
  published_run_id uuid,
  published_at     timestamp with time zone,
  published_by     uuid,
  created_by       uuid,
  created_at       timestamp with time zone not null,
  version          integer not null default 1,
  most_partners    integer,
  constraint rounds_pkey PRIMARY KEY (territory_id, id),
  constraint rounds_number_key UNIQUE (territory_id, number),
  constraint rounds_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint rounds_published_by FOREIGN KEY (territory_id, published_by) REFERENCES people(territory_id, id),
  constraint rounds_published_run FOREIGN KEY (territory_id, id, published_run_id) REFERENCES round_runs(territory_id, round_id, id),
  constraint rounds_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint rounds_most_partners CHECK (((most_partners >= 1) AND (most_partners <= 1000))),
  constraint rounds_period CHECK ((ends_on > starts_on)),
  constraint rounds_published_whole CHECK ((((state = 'open'::text) = (published_run_id IS NULL)) AND ((state = 'open'::text) = (published_at IS NULL)))),
  constraint rounds_state CHECK ((state = ANY (ARRAY['open'::text, 'published'::text, 'closed'::text]))),
  constraint rounds_title_length CHECK (((length(title) >= 3) AND (length(title) <= 120)))
);
alter table rounds enable row level security;
alter table rounds force row level security;
create policy rounds_territory on rounds to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on rounds to terreau_app;

create table saved_view_visits (
  territory_id uuid not null,
  view_id      uuid not null,
  person_id    uuid not null,
  seen_at      timestamp with time zone not null,
  constraint saved_view_visits_pkey PRIMARY KEY (territory_id, view_id, person_id),
  constraint saved_view_visits_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint saved_view_visits_view FOREIGN KEY (territory_id, view_id) REFERENCES saved_views(territory_id, id) ON DELETE CASCADE
);
alter table saved_view_visits enable row level security;
alter table saved_view_visits force row level security;
create policy saved_view_visits_territory on saved_view_visits to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on saved_view_visits to terreau_app;

create table saved_views (
  territory_id uuid not null,
  id           uuid not null,
  person_id    uuid not null,
  name         text not null,
  query        text not null,
  is_shared    boolean not null default false,
  created_at   timestamp with time zone not null,
  constraint saved_views_pkey PRIMARY KEY (territory_id, id),
  constraint saved_views_name_key UNIQUE (territory_id, person_id, name),
  constraint saved_views_person FOREIGN KEY (territory_id, person_id) REFERENCES people(territory_id, id),
  constraint saved_views_length CHECK ((((length(name) >= 1) AND (length(name) <= 80)) AND (length(query) <= 2000)))
);
alter table saved_views enable row level security;
alter table saved_views force row level security;
create policy saved_views_territory on saved_views to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on saved_views to terreau_app;

create table sessions (
  territory_id          uuid not null,
  id                    uuid not null,
  match_id              uuid not null,
  starts_at             timestamp with time zone not null,
  duration_minutes      integer not null,
  place                 text not null default ''::text,
  link                  text not null default ''::text,
  state                 text not null default 'planned'::text,
  calendar_sequence     integer not null default 0,
  giver_amount          bigint,
  giver_confirmed_by    uuid,
  giver_confirmed_at    timestamp with time zone,
  receiver_amount       bigint,
  receiver_confirmed_by uuid,
  receiver_confirmed_at timestamp with time zone,
  entry_id              uuid,
  created_by            uuid,
  created_at            timestamp with time zone not null,
  updated_at            timestamp with time zone not null,
  version               integer not null default 1,
  constraint sessions_pkey PRIMARY KEY (territory_id, id),
  constraint sessions_entry_key UNIQUE (territory_id, entry_id),
  constraint sessions_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint sessions_entry FOREIGN KEY (territory_id, entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint sessions_giver_by FOREIGN KEY (territory_id, giver_confirmed_by) REFERENCES people(territory_id, id),
  constraint sessions_match FOREIGN KEY (territory_id, match_id) REFERENCES matches(territory_id, id),
  constraint sessions_receiver_by FOREIGN KEY (territory_id, receiver_confirmed_by) REFERENCES people(territory_id, id),
  constraint sessions_booked CHECK (((entry_id IS NOT NULL) = ((state = 'confirmed'::text) AND (giver_amount > 0)))),
  constraint sessions_confirmed_by_both CHECK (((state <> 'confirmed'::text) OR ((giver_amount IS NOT NULL) AND (giver_amount = receiver_amount)))),
  constraint sessions_duration CHECK (((duration_minutes >= 5) AND (duration_minutes <= 10080))),
  constraint sessions_giver_whole CHECK ((((giver_amount IS NULL) = (giver_confirmed_at IS NULL)) AND (giver_amount >= 0))),
  constraint sessions_place_length CHECK (((length(place) <= 300) AND (length(link) <= 1000))),
  constraint sessions_receiver_whole CHECK ((((receiver_amount IS NULL) = (receiver_confirmed_at IS NULL)) AND (receiver_amount >= 0))),
  constraint sessions_state CHECK ((state = ANY (ARRAY['planned'::text, 'confirmed'::text, 'cancelled'::text]))),
  constraint sessions_two_people CHECK ((giver_confirmed_by <> receiver_confirmed_by))
);
CREATE INDEX sessions_by_match ON sessions USING btree (territory_id, match_id);
CREATE INDEX sessions_by_start ON sessions USING btree (territory_id, starts_at, id);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_territory on sessions to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select, update on sessions to terreau_app;

create table stored_file_parts (
  territory_id uuid not null,
  file_id      uuid not null,
  position     integer not null,
  content      bytea not null,
  constraint stored_file_parts_pkey PRIMARY KEY (territory_id, file_id, "position"),
  constraint stored_file_parts_file FOREIGN KEY (territory_id, file_id) REFERENCES stored_files(territory_id, id) ON DELETE CASCADE
);
alter table stored_file_parts enable row level security;
alter table stored_file_parts force row level security;
create policy stored_file_parts_territory on stored_file_parts to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on stored_file_parts to terreau_app;

create table stored_files (
  territory_id uuid not null,
  id           uuid not null,
  name         text not null,
  media_type   text not null,
  size_bytes   bigint not null,
  sha256       text not null,
  created_by   uuid,
  created_at   timestamp with time zone not null,
  constraint stored_files_pkey PRIMARY KEY (territory_id, id),
  constraint stored_files_created_by FOREIGN KEY (territory_id, created_by) REFERENCES people(territory_id, id),
  constraint stored_files_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint stored_files_name_length CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint stored_files_sha256 CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint stored_files_size CHECK ((size_bytes >= 0))
);
alter table stored_files enable row level security;
alter table stored_files force row level security;
create policy stored_files_territory on stored_files to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on stored_files to terreau_app;

create table support_kind_links (
  territory_id uuid not null,
  offer_kind   text not null,
  need_kind    text not null,
  unit         text not null,
  closeness    integer not null,
  constraint support_kind_links_pkey PRIMARY KEY (territory_id, offer_kind, need_kind),
  constraint support_kind_links_need FOREIGN KEY (territory_id, need_kind, unit) REFERENCES support_kinds(territory_id, code, unit),
  constraint support_kind_links_offer FOREIGN KEY (territory_id, offer_kind, unit) REFERENCES support_kinds(territory_id, code, unit),
  constraint support_kind_links_closeness CHECK ((((closeness >= 1) AND (closeness <= 1000)) AND (offer_kind <> need_kind)))
);
alter table support_kind_links enable row level security;
alter table support_kind_links force row level security;
create policy support_kind_links_territory on support_kind_links to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on support_kind_links to terreau_app;

create table support_kinds (
  territory_id uuid not null,
  code         text not null,
  family       text not null,
  unit         text not null,
  label_fr     text not null,
  label_en     text not null,
  position     integer not null,
  constraint support_kinds_pkey PRIMARY KEY (territory_id, code),
  constraint support_kinds_unit_key UNIQUE (territory_id, code, unit),
  constraint support_kinds_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint support_kinds_code_form CHECK (((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(code) <= 60))),
  constraint support_kinds_family CHECK ((family = ANY (ARRAY['track'::text, 'support'::text, 'local'::text]))),
  constraint support_kinds_unit CHECK ((unit = ANY (ARRAY['half-day'::text, 'introduction'::text, 'desk-day'::text, 'test-ground-day'::text])))
);
alter table support_kinds enable row level security;
alter table support_kinds force row level security;
create policy support_kinds_territory on support_kinds to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on support_kinds to terreau_app;

create table territories (
  id               uuid not null,
  slug             text not null,
  name             text not null,
  region_code      text,
  zone             text not null default 'Europe/Paris'::text,
  half_day_minutes integer not null default 210,
  is_demonstration boolean not null default false,
  created_at       timestamp with time zone not null,
  constraint territories_pkey PRIMARY KEY (id),
  constraint territories_slug_key UNIQUE (slug),
  constraint territories_half_day CHECK (((half_day_minutes >= 60) AND (half_day_minutes <= 480))),
  constraint territories_name_length CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint territories_slug_form CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND ((length(slug) >= 2) AND (length(slug) <= 60))))
);
grant insert, select on territories to terreau_app;

create table territory_addresses (
  email        text not null,
  territory_id uuid not null,
  constraint territory_addresses_pkey PRIMARY KEY (email, territory_id),
  constraint territory_addresses_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint territory_addresses_email_lower CHECK ((email = lower(email)))
);
grant delete, insert, select on territory_addresses to terreau_app;

create table territory_maps (
  territory_id uuid not null,
  shapes       jsonb not null,
  credit       text not null,
  changed_by   uuid,
  changed_at   timestamp with time zone not null,
  constraint territory_maps_pkey PRIMARY KEY (territory_id),
  constraint territory_maps_changed_by FOREIGN KEY (territory_id, changed_by) REFERENCES people(territory_id, id),
  constraint territory_maps_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint territory_maps_credit_length CHECK (((length(credit) >= 1) AND (length(credit) <= 200))),
  constraint territory_maps_shapes CHECK ((jsonb_typeof(shapes) = 'array'::text))
);
alter table territory_maps enable row level security;
alter table territory_maps force row level security;
create policy territory_maps_territory on territory_maps to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on territory_maps to terreau_app;

create table theme_labels (
  territory_id uuid not null,
  label_key    text not null,
  label        text not null,
  theme_code   text not null,
  constraint theme_labels_pkey PRIMARY KEY (territory_id, label_key),
  constraint theme_labels_theme FOREIGN KEY (territory_id, theme_code) REFERENCES themes(territory_id, code),
  constraint theme_labels_length CHECK ((((length(label_key) >= 1) AND (length(label_key) <= 200)) AND (length(label) <= 200)))
);
CREATE INDEX theme_labels_by_theme ON theme_labels USING btree (territory_id, theme_code);
alter table theme_labels enable row level security;
alter table theme_labels force row level security;
create policy theme_labels_territory on theme_labels to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on theme_labels to terreau_app;

create table theme_merges (
  territory_id uuid not null,
  id           uuid not null,
  from_code    text not null,
  into_code    text not null,
  moved        jsonb not null default '{}'::jsonb,
  merged_by    uuid,
  merged_at    timestamp with time zone not null,
  undone_at    timestamp with time zone,
  constraint theme_merges_pkey PRIMARY KEY (territory_id, id),
  constraint theme_merges_from FOREIGN KEY (territory_id, from_code) REFERENCES themes(territory_id, code),
  constraint theme_merges_into FOREIGN KEY (territory_id, into_code) REFERENCES themes(territory_id, code),
  constraint theme_merges_merged_by FOREIGN KEY (territory_id, merged_by) REFERENCES people(territory_id, id),
  constraint theme_merges_two CHECK ((from_code <> into_code))
);
CREATE UNIQUE INDEX theme_merges_standing ON theme_merges USING btree (territory_id, from_code) WHERE (undone_at IS NULL);
alter table theme_merges enable row level security;
alter table theme_merges force row level security;
create policy theme_merges_territory on theme_merges to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on theme_merges to terreau_app;

create table themes (
  territory_id     uuid not null,
  code             text not null,
  label_fr         text not null,
  label_en         text not null,
  merged_into_code text,
  constraint themes_pkey PRIMARY KEY (territory_id, code),
  constraint themes_merged_into FOREIGN KEY (territory_id, merged_into_code) REFERENCES themes(territory_id, code),
  constraint themes_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id),
  constraint themes_code_form CHECK (((code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(code) <= 60))),
  constraint themes_merged_elsewhere CHECK ((merged_into_code <> code))
);
alter table themes enable row level security;
alter table themes force row level security;
create policy themes_territory on themes to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant delete, insert, select, update on themes to terreau_app;

create table valuations (
  territory_id             uuid not null,
  id                       uuid not null,
  entry_id                 uuid not null,
  valued_on                date not null,
  method                   text not null,
  receiver                 text not null,
  value_cents              bigint not null,
  market_cents             bigint not null,
  paid_cents               bigint not null,
  public_share_per_million integer not null,
  evidence                 text not null,
  recorded_by              uuid,
  recorded_at              timestamp with time zone not null,
  constraint valuations_pkey PRIMARY KEY (territory_id, id),
  constraint valuations_entry FOREIGN KEY (territory_id, entry_id) REFERENCES ledger_entries(territory_id, id),
  constraint valuations_recorded_by FOREIGN KEY (territory_id, recorded_by) REFERENCES people(territory_id, id),
  constraint valuations_amounts CHECK (((value_cents >= 0) AND (market_cents >= 0) AND (paid_cents >= 0))),
  constraint valuations_evidence_length CHECK (((length(evidence) >= 1) AND (length(evidence) <= 1000))),
  constraint valuations_method CHECK ((method = ANY (ARRAY['donor-cost'::text, 'market-minus-paid'::text, 'standard-rate'::text]))),
  constraint valuations_public_share CHECK (((public_share_per_million >= 0) AND (public_share_per_million <= 1000000))),
  constraint valuations_receiver CHECK ((receiver = ANY (ARRAY['general-interest-body'::text, 'startup'::text, 'other'::text])))
);
CREATE INDEX valuations_by_entry ON valuations USING btree (territory_id, entry_id, valued_on, id);
alter table valuations enable row level security;
alter table valuations force row level security;
create policy valuations_territory on valuations to public using (territory_id = (current_setting('app.territory'::text))::uuid) with check (territory_id = (current_setting('app.territory'::text))::uuid);
grant insert, select on valuations to terreau_app;
