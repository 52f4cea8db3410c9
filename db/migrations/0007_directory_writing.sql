-- What the writing of the directory needs beside its facts: organisations that left it by an undo or a merge,
-- pairs that somebody said are two, and what each merge moved, so that it can be taken back.

alter table organisations
  add column withdrawn_at timestamptz,
  add constraint organisations_gone_unlisted check (not (is_listed and (withdrawn_at is not null or merged_into_id is not null)));

-- A SIREN belongs to one organisation of those that are there: whatever was withdrawn or merged leaves it free.
alter table organisations drop constraint organisations_siren_key;
create unique index organisations_siren_key on organisations (territory_id, siren)
  where withdrawn_at is null and merged_into_id is null;

-- Two organisations that look like one and are not: they are not proposed again.
create table organisation_distinctions (
  territory_id uuid not null,
  first_id     uuid not null,
  second_id    uuid not null,
  said_by      uuid,
  said_at      timestamptz not null,
  constraint organisation_distinctions_pkey primary key (territory_id, first_id, second_id),
  constraint organisation_distinctions_first foreign key (territory_id, first_id) references organisations (territory_id, id),
  constraint organisation_distinctions_second foreign key (territory_id, second_id) references organisations (territory_id, id),
  constraint organisation_distinctions_said_by foreign key (territory_id, said_by) references people (territory_id, id),
  constraint organisation_distinctions_order check (first_id < second_id)
);
create index organisation_distinctions_by_second on organisation_distinctions (territory_id, second_id);

-- One organisation that became part of another: which rows moved. The facts are in organisation_changes, by source_id.
create table organisation_merges (
  territory_id uuid not null,
  id           uuid not null,
  kept_id      uuid not null,
  gone_id      uuid not null,
  moved        jsonb not null default '{}',
  merged_by    uuid,
  merged_at    timestamptz not null,
  undone_at    timestamptz,
  constraint organisation_merges_pkey primary key (territory_id, id),
  constraint organisation_merges_kept foreign key (territory_id, kept_id) references organisations (territory_id, id),
  constraint organisation_merges_gone foreign key (territory_id, gone_id) references organisations (territory_id, id),
  constraint organisation_merges_merged_by foreign key (territory_id, merged_by) references people (territory_id, id),
  constraint organisation_merges_two check (kept_id <> gone_id)
);
create index organisation_merges_by_kept on organisation_merges (territory_id, kept_id);
create index organisation_merges_by_gone on organisation_merges (territory_id, gone_id);

-- One theme that became another: who carried it, and who carried the other already.
create table theme_merges (
  territory_id uuid not null,
  id           uuid not null,
  from_code    text not null,
  into_code    text not null,
  moved        jsonb not null default '{}',
  merged_by    uuid,
  merged_at    timestamptz not null,
  undone_at    timestamptz,
  constraint theme_merges_pkey primary key (territory_id, id),
  constraint theme_merges_from foreign key (territory_id, from_code) references themes (territory_id, code),
  constraint theme_merges_into foreign key (territory_id, into_code) references themes (territory_id, code),
  constraint theme_merges_merged_by foreign key (territory_id, merged_by) references people (territory_id, id),
  constraint theme_merges_two check (from_code <> into_code)
);
create unique index theme_merges_standing on theme_merges (territory_id, from_code) where undone_at is null;

do $$
declare tenant text;
begin
  foreach tenant in array array['organisation_distinctions', 'organisation_merges', 'theme_merges'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy %I on %I using (territory_id = current_setting(''app.territory'')::uuid) with check (territory_id = current_setting(''app.territory'')::uuid)', tenant || '_territory', tenant);
  end loop;
end $$;

grant select, insert, delete on organisation_distinctions to terreau_app;
grant select, insert on organisation_merges, theme_merges to terreau_app;
grant update (moved, undone_at) on organisation_merges, theme_merges to terreau_app;
