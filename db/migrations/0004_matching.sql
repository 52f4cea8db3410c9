-- Needs, offers, rounds, plans, matches (proposals and hand-made introductions), sessions.

-- What can be asked and offered here: five tracks, four kinds of support, and what the territory adds.
create table support_kinds (
  territory_id uuid not null references territories (id),
  code         text not null,
  family       text not null,
  unit         text not null,
  label_fr     text not null,
  label_en     text not null,
  position     integer not null,
  constraint support_kinds_pkey primary key (territory_id, code),
  constraint support_kinds_unit_key unique (territory_id, code, unit),
  constraint support_kinds_code_form check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 60),
  constraint support_kinds_family check (family in ('track', 'support', 'local')),
  constraint support_kinds_unit check (unit in ('half-day', 'introduction', 'desk-day', 'test-ground-day'))
);

-- An offer of one kind may serve a need of another (same unit), less closely (closeness in thousandths).
create table support_kind_links (
  territory_id uuid not null,
  offer_kind   text not null,
  need_kind    text not null,
  unit         text not null,
  closeness    integer not null,
  constraint support_kind_links_pkey primary key (territory_id, offer_kind, need_kind),
  constraint support_kind_links_offer foreign key (territory_id, offer_kind, unit) references support_kinds (territory_id, code, unit),
  constraint support_kind_links_need foreign key (territory_id, need_kind, unit) references support_kinds (territory_id, code, unit),
  constraint support_kind_links_closeness check (closeness between 1 and 1000 and offer_kind <> need_kind)
);

create table needs (
  territory_id    uuid not null references territories (id),
  id              uuid not null,
  organisation_id uuid not null,
  kind_code       text not null,
  unit            text not null,
  quantity        integer not null,
  title           text not null,
  body            text not null default '',
  urgency         integer not null default 2,
  needed_by       date,
  visibility      text not null default 'territory',
  state           text not null default 'open',
  conditions      jsonb not null default '{}',
  theme_codes     text[] not null default '{}',
  external_key    text,
  created_by      uuid,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         integer not null default 1,
  search_text     tsvector generated always as (to_tsvector('french', title || ' ' || body)) stored,
  constraint needs_pkey primary key (territory_id, id),
  constraint needs_external_key_key unique (territory_id, external_key),
  constraint needs_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint needs_kind foreign key (territory_id, kind_code, unit) references support_kinds (territory_id, code, unit),
  constraint needs_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint needs_quantity check (quantity between 1 and 400),
  constraint needs_title_length check (length(title) between 3 and 160),
  constraint needs_body_length check (length(body) <= 20000),
  constraint needs_urgency check (urgency between 1 and 3),
  constraint needs_visibility check (visibility in ('public', 'territory', 'team')),
  constraint needs_state check (state in ('open', 'met', 'withdrawn'))
);
create index needs_open on needs (territory_id, state, created_at desc, id);
create index needs_by_organisation on needs (territory_id, organisation_id, created_at desc);

create table offers (
  territory_id    uuid not null references territories (id),
  id              uuid not null,
  organisation_id uuid not null,
  kind_code       text not null,
  unit            text not null,
  capacity        integer not null,
  minimum         integer not null default 0,
  title           text not null,
  body            text not null default '',
  available_from  date,
  available_until date,
  visibility      text not null default 'territory',
  state           text not null default 'open',
  conditions      jsonb not null default '{}',
  theme_codes     text[] not null default '{}',
  external_key    text,
  created_by      uuid,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         integer not null default 1,
  search_text     tsvector generated always as (to_tsvector('french', title || ' ' || body)) stored,
  constraint offers_pkey primary key (territory_id, id),
  constraint offers_external_key_key unique (territory_id, external_key),
  constraint offers_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint offers_kind foreign key (territory_id, kind_code, unit) references support_kinds (territory_id, code, unit),
  constraint offers_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint offers_capacity check (capacity between 1 and 10000),
  constraint offers_minimum check (minimum between 0 and capacity),
  constraint offers_period check (available_until > available_from),
  constraint offers_title_length check (length(title) between 3 and 160),
  constraint offers_body_length check (length(body) <= 20000),
  constraint offers_visibility check (visibility in ('public', 'territory', 'team')),
  constraint offers_state check (state in ('open', 'paused', 'withdrawn'))
);
create index offers_open on offers (territory_id, state, created_at desc, id);
create index offers_by_organisation on offers (territory_id, organisation_id, created_at desc);

-- A file of needs or offers being read in: uploaded, mapped, previewed, loaded or abandoned.
create table need_offer_imports (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  subject      text not null,
  file_name    text not null,
  content      bytea not null,
  mapping      jsonb not null default '{}',
  state        text not null default 'previewed',
  report       jsonb not null default '{}',
  created_by   uuid,
  created_at   timestamptz not null,
  loaded_at    timestamptz,
  constraint need_offer_imports_pkey primary key (territory_id, id),
  constraint need_offer_imports_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint need_offer_imports_subject check (subject in ('needs', 'offers')),
  constraint need_offer_imports_state check (state in ('previewed', 'loaded', 'abandoned')),
  constraint need_offer_imports_size check (octet_length(content) <= 20971520)
);

create table rounds (
  territory_id     uuid not null references territories (id),
  id               uuid not null,
  number           integer not null,
  title            text not null,
  starts_on        date not null,
  ends_on          date not null,
  state            text not null default 'open',
  published_run_id uuid,
  published_at     timestamptz,
  published_by     uuid,
  created_by       uuid,
  created_at       timestamptz not null,
  version          integer not null default 1,
  constraint rounds_pkey primary key (territory_id, id),
  constraint rounds_number_key unique (territory_id, number),
  constraint rounds_published_by foreign key (territory_id, published_by) references people (territory_id, id),
  constraint rounds_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint rounds_period check (ends_on > starts_on),
  constraint rounds_title_length check (length(title) between 3 and 120),
  constraint rounds_state check (state in ('open', 'published', 'closed')),
  constraint rounds_published_whole check ((state = 'open') = (published_run_id is null) and (state = 'open') = (published_at is null))
);

-- One try at a round: what went in (problem), what came out (plan), and where it stands.
create table round_runs (
  territory_id     uuid not null,
  id               uuid not null,
  round_id         uuid not null,
  number           integer not null,
  state            text not null default 'queued',
  progress_percent integer not null default 0,
  progress_step    text not null default 'queued',
  cancel_requested boolean not null default false,
  problem          jsonb,
  plan             jsonb,
  failure          text,
  requested_by     uuid,
  created_at       timestamptz not null,
  started_at       timestamptz,
  finished_at      timestamptz,
  constraint round_runs_pkey primary key (territory_id, id),
  constraint round_runs_number_key unique (territory_id, round_id, number),
  constraint round_runs_round_key unique (territory_id, round_id, id),
  constraint round_runs_round foreign key (territory_id, round_id) references rounds (territory_id, id),
  constraint round_runs_requested_by foreign key (territory_id, requested_by) references people (territory_id, id),
  constraint round_runs_state check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  constraint round_runs_progress check (progress_percent between 0 and 100),
  constraint round_runs_done_whole check (state <> 'done' or (plan is not null and problem is not null and finished_at is not null))
);
alter table rounds add constraint rounds_published_run foreign key (territory_id, id, published_run_id) references round_runs (territory_id, round_id, id);

-- What a person decided about a pair before the next try: keep it, or keep it out.
create table round_decisions (
  territory_id uuid not null,
  round_id     uuid not null,
  need_id      uuid not null,
  offer_id     uuid not null,
  decision     text not null,
  quantity     integer,
  reason       text not null default '',
  decided_by   uuid,
  decided_at   timestamptz not null,
  constraint round_decisions_pkey primary key (territory_id, round_id, need_id, offer_id),
  constraint round_decisions_round foreign key (territory_id, round_id) references rounds (territory_id, id),
  constraint round_decisions_need foreign key (territory_id, need_id) references needs (territory_id, id),
  constraint round_decisions_offer foreign key (territory_id, offer_id) references offers (territory_id, id),
  constraint round_decisions_decided_by foreign key (territory_id, decided_by) references people (territory_id, id),
  constraint round_decisions_decision check (decision in ('pin', 'forbid')),
  constraint round_decisions_quantity check ((decision = 'pin') = (quantity is not null) and quantity > 0),
  constraint round_decisions_reason_length check (length(reason) <= 500)
);

-- A need and an offer brought together, by a published plan (round_id) or by hand (introduced_by).
create table matches (
  territory_id    uuid not null references territories (id),
  id              uuid not null,
  need_id         uuid not null,
  offer_id        uuid not null,
  round_id        uuid,
  introduced_by   uuid,
  quantity        integer not null,
  score           integer,
  why             jsonb not null default '{}',
  message         text not null default '',
  state           text not null default 'proposed',
  need_answer     text,
  need_reason     text not null default '',
  need_answered_by uuid,
  need_answered_at timestamptz,
  offer_answer    text,
  offer_reason    text not null default '',
  offer_answered_by uuid,
  offer_answered_at timestamptz,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         integer not null default 1,
  constraint matches_pkey primary key (territory_id, id),
  constraint matches_round_pair_key unique (territory_id, round_id, need_id, offer_id),
  constraint matches_need foreign key (territory_id, need_id) references needs (territory_id, id),
  constraint matches_offer foreign key (territory_id, offer_id) references offers (territory_id, id),
  constraint matches_round foreign key (territory_id, round_id) references rounds (territory_id, id),
  constraint matches_introduced_by foreign key (territory_id, introduced_by) references people (territory_id, id),
  constraint matches_need_answered_by foreign key (territory_id, need_answered_by) references people (territory_id, id),
  constraint matches_offer_answered_by foreign key (territory_id, offer_answered_by) references people (territory_id, id),
  constraint matches_origin check ((round_id is null) <> (introduced_by is null)),
  constraint matches_quantity check (quantity > 0),
  constraint matches_state check (state in ('proposed', 'accepted', 'declined', 'withdrawn')),
  constraint matches_need_answer check (need_answer in ('accepted', 'declined')),
  constraint matches_offer_answer check (offer_answer in ('accepted', 'declined')),
  constraint matches_accepted_by_both check (state <> 'accepted' or (need_answer = 'accepted' and offer_answer = 'accepted')),
  constraint matches_declined_by_one check (state <> 'declined' or need_answer = 'declined' or offer_answer = 'declined'),
  constraint matches_reason_length check (length(need_reason) <= 500 and length(offer_reason) <= 500 and length(message) <= 2000)
);
create index matches_by_need on matches (territory_id, need_id);
create index matches_by_offer on matches (territory_id, offer_id);

-- A meeting in which an accepted match is delivered. Each side states the units really given; equal statements are booked.
create table sessions (
  territory_id          uuid not null,
  id                    uuid not null,
  match_id              uuid not null,
  starts_at             timestamptz not null,
  duration_minutes      integer not null,
  place                 text not null default '',
  link                  text not null default '',
  state                 text not null default 'planned',
  calendar_sequence     integer not null default 0,
  giver_amount          bigint,
  giver_confirmed_by    uuid,
  giver_confirmed_at    timestamptz,
  receiver_amount       bigint,
  receiver_confirmed_by uuid,
  receiver_confirmed_at timestamptz,
  entry_id              uuid,
  created_by            uuid,
  created_at            timestamptz not null,
  updated_at            timestamptz not null,
  version               integer not null default 1,
  constraint sessions_pkey primary key (territory_id, id),
  constraint sessions_entry_key unique (territory_id, entry_id),
  constraint sessions_match foreign key (territory_id, match_id) references matches (territory_id, id),
  constraint sessions_entry foreign key (territory_id, entry_id) references ledger_entries (territory_id, id),
  constraint sessions_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint sessions_giver_by foreign key (territory_id, giver_confirmed_by) references people (territory_id, id),
  constraint sessions_receiver_by foreign key (territory_id, receiver_confirmed_by) references people (territory_id, id),
  constraint sessions_duration check (duration_minutes between 5 and 10080),
  constraint sessions_place_length check (length(place) <= 300 and length(link) <= 1000),
  constraint sessions_state check (state in ('planned', 'confirmed', 'cancelled')),
  constraint sessions_giver_whole check ((giver_amount is null) = (giver_confirmed_at is null) and giver_amount >= 0),
  constraint sessions_receiver_whole check ((receiver_amount is null) = (receiver_confirmed_at is null) and receiver_amount >= 0),
  -- IK-05: the one who declared is not the one who approves.
  constraint sessions_two_people check (giver_confirmed_by <> receiver_confirmed_by),
  constraint sessions_confirmed_by_both check (state <> 'confirmed' or (giver_amount is not null and giver_amount = receiver_amount)),
  constraint sessions_booked check ((entry_id is not null) = (state = 'confirmed' and giver_amount > 0))
);
create index sessions_by_match on sessions (territory_id, match_id);
create index sessions_by_start on sessions (territory_id, starts_at, id);

alter table support_kinds enable row level security;
alter table support_kinds force row level security;
create policy support_kinds_territory on support_kinds using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table support_kind_links enable row level security;
alter table support_kind_links force row level security;
create policy support_kind_links_territory on support_kind_links using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table needs enable row level security;
alter table needs force row level security;
create policy needs_territory on needs using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table offers enable row level security;
alter table offers force row level security;
create policy offers_territory on offers using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table need_offer_imports enable row level security;
alter table need_offer_imports force row level security;
create policy need_offer_imports_territory on need_offer_imports using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table rounds enable row level security;
alter table rounds force row level security;
create policy rounds_territory on rounds using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table round_runs enable row level security;
alter table round_runs force row level security;
create policy round_runs_territory on round_runs using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table round_decisions enable row level security;
alter table round_decisions force row level security;
create policy round_decisions_territory on round_decisions using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table matches enable row level security;
alter table matches force row level security;
create policy matches_territory on matches using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_territory on sessions using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);

grant select, insert, update, delete on support_kinds, support_kind_links, round_decisions to terreau_app;
grant select, insert, update on needs, offers, need_offer_imports, rounds, round_runs, matches, sessions to terreau_app;
