-- Files that people bring to fill the directory: what they hold, how their columns are understood, what each row
-- would do, and what was done, so that it can be taken back as one act.

create table imports (
  territory_id     uuid not null references territories (id),
  id               uuid not null,
  source           text not null,
  state            text not null default 'reading',
  step_done        integer not null default 0,
  step_total       integer not null default 0,
  step_started_at  timestamptz,
  cancel_requested boolean not null default false,
  failure          text,
  counts           jsonb not null default '{}',
  created_by       uuid,
  created_at       timestamptz not null,
  previewed_at     timestamptz,
  applied_at       timestamptz,
  undone_at        timestamptz,
  constraint imports_pkey primary key (territory_id, id),
  constraint imports_created_by foreign key (territory_id, created_by) references people (territory_id, id),
  constraint imports_source_length check (length(source) between 1 and 80),
  constraint imports_state check (state in ('reading', 'mapping', 'staging', 'previewed', 'applying', 'applied', 'undoing', 'undone', 'abandoned', 'failed')),
  constraint imports_failure_length check (length(failure) <= 500)
);
create index imports_by_time on imports (territory_id, created_at desc, id);
create index imports_under_way on imports (territory_id) where state in ('reading', 'staging', 'applying', 'undoing');

create table import_files (
  territory_id uuid not null,
  import_id    uuid not null,
  position     integer not null,
  file_id      uuid not null,
  constraint import_files_pkey primary key (territory_id, import_id, position),
  constraint import_files_import foreign key (territory_id, import_id) references imports (territory_id, id) on delete cascade,
  constraint import_files_file foreign key (territory_id, file_id) references stored_files (territory_id, id)
);

-- A sheet of a workbook, a list of a JSON file, or a whole file. `shape` is the same for files of the same columns:
-- what a person corrected for one is proposed for the next.
create table import_tables (
  territory_id  uuid not null,
  import_id     uuid not null,
  position      integer not null,
  file_position integer not null,
  name          text not null,
  sheet         text not null default '',
  shape         text not null,
  columns       jsonb not null,
  settings      jsonb not null,
  row_count     integer not null,
  notes         jsonb not null default '[]',
  constraint import_tables_pkey primary key (territory_id, import_id, position),
  constraint import_tables_import foreign key (territory_id, import_id) references imports (territory_id, id) on delete cascade,
  constraint import_tables_name_length check (length(name) <= 200 and length(sheet) <= 200)
);
create index import_tables_by_shape on import_tables (territory_id, shape);

-- What each row states of one organisation or person. Rows of one identity speak of the same one.
create table import_rows (
  territory_id   uuid not null,
  import_id      uuid not null,
  table_position integer not null,
  number         integer not null,
  subject        text not null,
  identity       text,
  key            text,
  facts          jsonb not null default '{}',
  problems       jsonb not null default '[]',
  constraint import_rows_pkey primary key (territory_id, import_id, table_position, number),
  constraint import_rows_import foreign key (territory_id, import_id) references imports (territory_id, id) on delete cascade,
  constraint import_rows_subject check (subject in ('organisation', 'person', 'none'))
);
create index import_rows_by_identity on import_rows (territory_id, import_id, identity, table_position, number);
create index import_rows_by_key on import_rows (territory_id, import_id, table_position, key);

-- Phases, ties and affiliations that rows state, with the words by which they name the other side.
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
  label          text not null default '',
  since          date,
  until          date,
  from_id        uuid,
  to_id          uuid,
  added_id       uuid,
  constraint import_links_pkey primary key (territory_id, import_id, table_position, number, position),
  constraint import_links_import foreign key (territory_id, import_id) references imports (territory_id, id) on delete cascade
);

-- What will be done for each organisation or person, then what was done.
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
  keys           jsonb not null default '[]',
  facts          jsonb not null default '{}',
  outcome        text not null,
  target_id      uuid,
  before         jsonb not null default '{}',
  after          jsonb not null default '{}',
  problems       jsonb not null default '[]',
  candidates     jsonb not null default '[]',
  is_chosen      boolean not null default true,
  constraint import_entries_pkey primary key (territory_id, import_id, position),
  constraint import_entries_identity unique (territory_id, import_id, identity),
  constraint import_entries_import foreign key (territory_id, import_id) references imports (territory_id, id) on delete cascade,
  constraint import_entries_subject check (subject in ('organisation', 'person')),
  constraint import_entries_outcome check (outcome in ('create', 'change', 'same', 'ask', 'refuse'))
);
create index import_entries_by_outcome on import_entries (territory_id, import_id, outcome, table_position, number);
create index import_entries_by_name on import_entries (territory_id, import_id, folded(name));
create index import_entries_by_target on import_entries (territory_id, import_id, target_id);

-- What a person said once of a row and an organisation that look alike: the next file of the same source does not ask again.
create table import_decisions (
  territory_id    uuid not null,
  source          text not null,
  identity        text not null,
  organisation_id uuid not null,
  decision        text not null,
  decided_by      uuid,
  decided_at      timestamptz not null,
  constraint import_decisions_pkey primary key (territory_id, source, identity, organisation_id),
  constraint import_decisions_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint import_decisions_decided_by foreign key (territory_id, decided_by) references people (territory_id, id),
  constraint import_decisions_decision check (decision in ('same', 'different'))
);

-- The host of a web address, as files and the directory are compared by it.
create index organisations_by_host on organisations (territory_id, lower(substring(website from '^https?://(?:www\.)?([^/:?#]+)')));

-- Names without spaces, signs and legal forms: « Laou SAS » is near to « La-ou ». An equality, since row security lets
-- no index serve a comparison of trigrams.
create index organisations_by_bare_name on organisations (territory_id, regexp_replace(name_key, '\m(sas|sasu|sarl|eurl|sa|sci|scop|inc|ltd|llc|corp|gmbh|the|les|le|la)\M|[^[:alnum:]]', '', 'g'));

do $$
declare tenant text;
begin
  foreach tenant in array array['imports', 'import_files', 'import_tables', 'import_rows', 'import_links', 'import_entries', 'import_decisions'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert, update, delete on imports, import_files, import_tables, import_rows, import_links, import_entries, import_decisions to terreau_app;
-- A person whom an import brought leaves with it.
grant delete on people to terreau_app;
