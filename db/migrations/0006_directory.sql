-- The directory in full: identity, dates of life, places, phases, ties, and where each fact comes from.
-- Words are folded (no accents, no case) by the database itself, so that what is written and what is sought agree.

create extension if not exists unaccent with schema public;
create extension if not exists pg_trgm with schema public;

-- Lower case without accents. Declared immutable: the dictionary that it names comes with the server and is not changed.
create function folded(words text) returns text
  language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;

create text search configuration french_folded (copy = pg_catalog.french);
alter text search configuration french_folded
  alter mapping for hword, hword_part, word with public.unaccent, french_stem;
create text search configuration english_folded (copy = pg_catalog.english);
alter text search configuration english_folded
  alter mapping for hword, hword_part, word with public.unaccent, english_stem;
create text search configuration simple_folded (copy = pg_catalog.simple);
alter text search configuration simple_folded
  alter mapping for hword, hword_part, word with public.unaccent, simple;

drop index organisations_search;
alter table organisations drop column search_text;
alter table organisations
  add column legal_name          text,
  add column other_names         text[] not null default '{}',
  add column siret               text,
  add column naf_code            text,
  add column commune_code        text,
  add column postal_code         text,
  add column address             text,
  add column latitude            double precision,
  add column longitude           double precision,
  add column arrived_on          date,
  add column left_on             date,
  add column closed_on           date,
  add column links               jsonb not null default '[]',
  add column extra               jsonb not null default '{}',
  add column logo_id             uuid,
  add column is_listed           boolean not null default true,
  add column register_state      text not null default 'none',
  add column register_checked_at timestamptz,
  add column merged_into_id      uuid,
  add column name_key            text generated always as (folded(name)) stored,
  add constraint organisations_merged_into foreign key (territory_id, merged_into_id) references organisations (territory_id, id),
  add constraint organisations_merged_elsewhere check (merged_into_id <> id),
  add constraint organisations_siret_form check (siret ~ '^[0-9]{14}$'),
  add constraint organisations_siret_of_siren check (siren is null or siret is null or left(siret, 9) = siren),
  add constraint organisations_naf_code_form check (naf_code ~ '^[0-9]{2}\.[0-9]{2}[A-Z]$'),
  add constraint organisations_commune_code_form check (commune_code ~ '^[0-9AB]{5}$'),
  add constraint organisations_place check ((latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180),
  add constraint organisations_register_state check (register_state in ('none', 'pending', 'verified', 'unverified', 'closed', 'not-diffusible')),
  add constraint organisations_never_listed check (not (is_listed and register_state = 'not-diffusible')),
  add constraint organisations_life check (closed_on >= founded_on and left_on >= arrived_on),
  add constraint organisations_longest check (length(address) <= 300 and length(legal_name) <= 200 and length(website) <= 500),
  add constraint organisations_listed_shape check (jsonb_typeof(links) = 'array' and jsonb_typeof(extra) = 'object');
alter table organisations add column search_text tsvector generated always as (
  setweight(to_tsvector('public.simple_folded'::regconfig, name || ' ' || coalesce(legal_name, '')), 'A')
  || setweight(to_tsvector('public.french_folded'::regconfig, name || ' ' || summary_fr), 'B')
  || setweight(to_tsvector('public.english_folded'::regconfig, summary_en), 'C')
  || setweight(to_tsvector('public.simple_folded'::regconfig, coalesce(commune, '')), 'C')
) stored;
create index organisations_search on organisations using gin (search_text);
create index organisations_by_name_key on organisations (territory_id, name_key, id);
create index organisations_name_like on organisations using gin (name_key gin_trgm_ops);
create index organisations_by_commune on organisations (territory_id, commune_code);
create index organisations_to_verify on organisations (territory_id, id) where register_state = 'pending';

-- Each change of an organisation: what it was, what it became, who says so and from where. A change that
-- waits for the team is `proposed`; one that was undone stays, and the change that undid it names it.
create table organisation_changes (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  source          text not null,
  source_id       uuid,
  author_id       uuid,
  at              timestamptz not null,
  before          jsonb not null default '{}',
  after           jsonb not null default '{}',
  state           text not null default 'applied',
  decided_by      uuid,
  decided_at      timestamptz,
  reason          text not null default '',
  undoes_id       uuid,
  constraint organisation_changes_pkey primary key (territory_id, id),
  constraint organisation_changes_undone_once unique (territory_id, undoes_id),
  constraint organisation_changes_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint organisation_changes_author foreign key (territory_id, author_id) references people (territory_id, id),
  constraint organisation_changes_decided_by foreign key (territory_id, decided_by) references people (territory_id, id),
  constraint organisation_changes_undoes foreign key (territory_id, undoes_id) references organisation_changes (territory_id, id),
  constraint organisation_changes_source check (source in ('form', 'api', 'import', 'register', 'merge', 'undo', 'demonstration')),
  constraint organisation_changes_state check (state in ('applied', 'proposed', 'refused', 'undone')),
  constraint organisation_changes_reason_length check (length(reason) <= 500)
);
create index organisation_changes_of_one on organisation_changes (territory_id, organisation_id, at desc, id);
create index organisation_changes_by_source on organisation_changes (territory_id, source_id) where source_id is not null;
create index organisation_changes_waiting on organisation_changes (territory_id, at) where state = 'proposed';

-- The names that other systems have for an organisation: the same file loaded twice finds them again.
create table organisation_keys (
  territory_id    uuid not null,
  source          text not null,
  key             text not null,
  organisation_id uuid not null,
  constraint organisation_keys_pkey primary key (territory_id, source, key),
  constraint organisation_keys_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint organisation_keys_length check (length(source) between 1 and 120 and length(key) between 1 and 300)
);
create index organisation_keys_by_organisation on organisation_keys (territory_id, organisation_id);

-- Establishments and other places, with the days on which they began and ended.
create table organisation_places (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  siret           text,
  label           text not null default '',
  address         text not null default '',
  postal_code     text,
  commune         text,
  commune_code    text,
  latitude        double precision,
  longitude       double precision,
  since           date,
  until           date,
  constraint organisation_places_pkey primary key (territory_id, id),
  constraint organisation_places_siret_key unique (territory_id, siret),
  constraint organisation_places_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint organisation_places_siret_form check (siret ~ '^[0-9]{14}$'),
  constraint organisation_places_period check (until >= since),
  constraint organisation_places_place check ((latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180)
);
create index organisation_places_by_organisation on organisation_places (territory_id, organisation_id);

-- Phases of life: of a product, of a support programme, of a company.
create table organisation_phases (
  territory_id    uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  phase           text not null,
  since           date not null,
  until           date,
  constraint organisation_phases_pkey primary key (territory_id, id),
  constraint organisation_phases_once unique (territory_id, organisation_id, phase, since),
  constraint organisation_phases_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint organisation_phases_length check (length(phase) between 1 and 120),
  constraint organisation_phases_period check (until >= since)
);

-- Ties between organisations: who is incubated, sponsored, owned by whom, and when.
create table organisation_ties (
  territory_id uuid not null,
  id           uuid not null,
  from_id      uuid not null,
  to_id        uuid not null,
  kind         text not null,
  since        date,
  until        date,
  constraint organisation_ties_pkey primary key (territory_id, id),
  constraint organisation_ties_once unique nulls not distinct (territory_id, from_id, to_id, kind, since),
  constraint organisation_ties_from foreign key (territory_id, from_id) references organisations (territory_id, id),
  constraint organisation_ties_to foreign key (territory_id, to_id) references organisations (territory_id, id),
  constraint organisation_ties_two check (from_id <> to_id),
  constraint organisation_ties_kind check (kind in ('incubated-by', 'sponsored-by', 'part-of', 'member-of', 'successor-of', 'spun-out-of', 'other')),
  constraint organisation_ties_period check (until >= since)
);
create index organisation_ties_to_one on organisation_ties (territory_id, to_id);

-- What somebody does or did in an organisation. It gives no right: that is what memberships are for.
create table affiliations (
  territory_id    uuid not null,
  id              uuid not null,
  person_id       uuid not null,
  organisation_id uuid not null,
  title           text not null default '',
  since           date,
  until           date,
  constraint affiliations_pkey primary key (territory_id, id),
  constraint affiliations_once unique nulls not distinct (territory_id, person_id, organisation_id, title, since),
  constraint affiliations_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint affiliations_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint affiliations_title_length check (length(title) <= 200),
  constraint affiliations_period check (until >= since)
);
create index affiliations_by_organisation on affiliations (territory_id, organisation_id);

create table person_keys (
  territory_id uuid not null,
  source       text not null,
  key          text not null,
  person_id    uuid not null,
  constraint person_keys_pkey primary key (territory_id, source, key),
  constraint person_keys_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint person_keys_length check (length(source) between 1 and 120 and length(key) between 1 and 300)
);

-- One vocabulary of themes: every label that was ever met leads to the theme that it means.
alter table themes
  add column merged_into_code text,
  add constraint themes_merged_into foreign key (territory_id, merged_into_code) references themes (territory_id, code),
  add constraint themes_merged_elsewhere check (merged_into_code <> code);
create table theme_labels (
  territory_id uuid not null,
  label_key    text not null,
  label        text not null,
  theme_code   text not null,
  constraint theme_labels_pkey primary key (territory_id, label_key),
  constraint theme_labels_theme foreign key (territory_id, theme_code) references themes (territory_id, code),
  constraint theme_labels_length check (length(label_key) between 1 and 200 and length(label) <= 200)
);
create index theme_labels_by_theme on theme_labels (territory_id, theme_code);

-- Facts that this territory keeps beside the usual ones; their values are in organisations.extra.
create table directory_fields (
  territory_id uuid not null references territories (id),
  code         text not null,
  label_fr     text not null,
  label_en     text not null,
  value_type   text not null,
  is_public    boolean not null default false,
  position     integer not null,
  constraint directory_fields_pkey primary key (territory_id, code),
  constraint directory_fields_code_form check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 60),
  constraint directory_fields_label_length check (length(label_fr) between 1 and 120 and length(label_en) between 1 and 120),
  constraint directory_fields_value_type check (value_type in ('text', 'number', 'date', 'yes-no', 'list', 'link'))
);

-- Files that people bring (logos, signed documents, tables to load), in parts that fit the memory.
create table stored_files (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  name         text not null,
  media_type   text not null,
  size_bytes   bigint not null,
  sha256       text not null,
  created_by   uuid,
  created_at   timestamptz not null,
  constraint stored_files_pkey primary key (territory_id, id),
  constraint stored_files_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint stored_files_size check (size_bytes >= 0),
  constraint stored_files_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint stored_files_name_length check (length(name) between 1 and 200)
);
create table stored_file_parts (
  territory_id uuid not null,
  file_id      uuid not null,
  position     integer not null,
  content      bytea not null,
  constraint stored_file_parts_pkey primary key (territory_id, file_id, position),
  constraint stored_file_parts_file foreign key (territory_id, file_id) references stored_files (territory_id, id) on delete cascade
);
alter table organisations
  add constraint organisations_logo foreign key (territory_id, logo_id) references stored_files (territory_id, id);

do $$
declare tenant text;
begin
  foreach tenant in array array['organisation_changes', 'organisation_keys', 'organisation_places', 'organisation_phases',
    'organisation_ties', 'affiliations', 'person_keys', 'theme_labels', 'directory_fields', 'stored_files', 'stored_file_parts'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert on organisation_changes to terreau_app;
grant update (state, decided_by, decided_at, reason) on organisation_changes to terreau_app;
grant select, insert, update, delete on organisation_keys, organisation_places, organisation_phases, organisation_ties,
  affiliations, person_keys, theme_labels, directory_fields, stored_files, stored_file_parts to terreau_app;
