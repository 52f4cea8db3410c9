-- Finding anyone in a blink: words of all the names of an organisation, and the indexes behind searches, sorts and counts.

-- All names of an organisation, folded. Declared immutable: joining texts depends on no setting.
create function folded_names(name text, legal_name text, other_names text[]) returns text
  language sql immutable parallel safe
  as $$ select public.folded(concat_ws(' ', name, legal_name, array_to_string(other_names, ' '))) $$;

drop index organisations_name_like;
alter table organisations drop column search_text;
alter table organisations
  add column names_key text generated always as (folded_names(name, legal_name, other_names)) stored,
  add column commune_key text generated always as (coalesce(commune_code, commune)) stored,
  add column founded_decade integer generated always as ((extract(decade from founded_on) * 10)::integer) stored,
  add column search_text tsvector generated always as (
    setweight(to_tsvector('public.simple_folded'::regconfig, folded_names(name, legal_name, other_names)), 'A')
    || setweight(to_tsvector('public.french_folded'::regconfig, name || ' ' || summary_fr), 'B')
    || setweight(to_tsvector('public.english_folded'::regconfig, summary_en), 'C')
    || setweight(to_tsvector('public.simple_folded'::regconfig, coalesce(commune, '')), 'C')
  ) stored;

-- Words written lately wait in a short list that every search reads through: kept short.
create index organisations_search on organisations using gin (search_text) with (gin_pending_list_limit = 256);
create index organisations_name_words on organisations
  using gin (to_tsvector('public.simple_folded'::regconfig, names_key)) with (gin_pending_list_limit = 256);
create index organisations_names_like on organisations using gin (names_key gin_trgm_ops) with (gin_pending_list_limit = 256);

-- One index for each order of the public list, and one that holds all that is counted.
create index organisations_newest on organisations (territory_id, created_at desc, id desc) where is_listed and merged_into_id is null;
create index organisations_by_founding on organisations (territory_id, coalesce(founded_on, '0001-01-01'::date) desc, id desc)
  where is_listed and merged_into_id is null;
create index organisations_by_size on organisations (territory_id, coalesce(employees, -1) desc, id desc)
  where is_listed and merged_into_id is null;
create index organisations_counted on organisations (territory_id, id)
  include (commune_key, naf_section, founded_decade, arrived_on, left_on, closed_on, latitude, longitude)
  where is_listed and merged_into_id is null;
create index organisations_hidden on organisations (territory_id, id) where not (is_listed and merged_into_id is null);

-- Row security applies its own condition before any operator that could tell of what it sees, and the operators of words
-- and of letters are such: under it their indexes lie idle. This view lends them to the application: it is read with the
-- rights of a role that owns nothing else, and its own condition holds every reader to the territory that is set.
grant select (territory_id, id, name_key, names_key, search_text, is_listed, merged_into_id, commune_key, naf_section,
  employees, founded_on, founded_decade, arrived_on, left_on, closed_on, created_at, latitude, longitude) on organisations to terreau_search;
create policy organisations_search on organisations for select to terreau_search using (true);
create view organisation_search as
  select territory_id, id, name_key, names_key, search_text, is_listed, merged_into_id, commune_key, naf_section,
    employees, founded_on, founded_decade, arrived_on, left_on, closed_on, created_at, latitude, longitude
  from organisations
  where territory_id = current_setting('app.territory')::uuid;
grant create on schema public to terreau_search;
alter view organisation_search owner to terreau_search;
revoke create on schema public from terreau_search;
grant select on organisation_search to terreau_app;

-- A list that somebody keeps under a name: its address, for oneself or for the team.
create table saved_views (
  territory_id uuid not null,
  id           uuid not null,
  person_id    uuid not null,
  name         text not null,
  query        text not null,
  is_shared    boolean not null default false,
  created_at   timestamptz not null,
  constraint saved_views_pkey primary key (territory_id, id),
  constraint saved_views_name_key unique (territory_id, person_id, name),
  constraint saved_views_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint saved_views_length check (length(name) between 1 and 80 and length(query) <= 2000)
);

-- When each reader last opened a view: what came since is new to them.
create table saved_view_visits (
  territory_id uuid not null,
  view_id      uuid not null,
  person_id    uuid not null,
  seen_at      timestamptz not null,
  constraint saved_view_visits_pkey primary key (territory_id, view_id, person_id),
  constraint saved_view_visits_view foreign key (territory_id, view_id) references saved_views (territory_id, id) on delete cascade,
  constraint saved_view_visits_person foreign key (territory_id, person_id) references people (territory_id, id)
);

-- The outline of the territory that its map is drawn on: lines of longitudes and latitudes, and whom to credit.
create table territory_maps (
  territory_id uuid not null references territories (id),
  shapes       jsonb not null,
  credit       text not null,
  changed_by   uuid,
  changed_at   timestamptz not null,
  constraint territory_maps_pkey primary key (territory_id),
  constraint territory_maps_changed_by foreign key (territory_id, changed_by) references people (territory_id, id),
  constraint territory_maps_shapes check (jsonb_typeof(shapes) = 'array'),
  constraint territory_maps_credit_length check (length(credit) between 1 and 200)
);

do $$
declare tenant text;
begin
  foreach tenant in array array['saved_views', 'saved_view_visits', 'territory_maps'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert, update, delete on saved_views, saved_view_visits, territory_maps to terreau_app;
