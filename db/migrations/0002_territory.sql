-- People, organisations, parts, memberships, roles: the directory that everything else points to.
-- Every key starts with territory_id; row security is forced; nothing is visible until app.territory is set.

create table people (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  email        text,
  name         text not null,
  locale       text not null default 'fr',
  created_at   timestamptz not null,
  constraint people_pkey primary key (territory_id, id),
  constraint people_email_key unique (territory_id, email),
  constraint people_email_form check (email = lower(email) and length(email) <= 254),
  constraint people_name_length check (length(name) between 1 and 120),
  constraint people_locale_known check (locale in ('fr', 'en'))
);

create table organisations (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  slug         text not null,
  name         text not null,
  siren        text,
  naf_section  text,
  region_code  text,
  commune      text,
  employees    integer,
  founded_on   date,
  website      text,
  summary_fr   text not null default '',
  summary_en   text not null default '',
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  version      integer not null default 1,
  search_text  tsvector generated always as (
    setweight(to_tsvector('french', name), 'A') || setweight(to_tsvector('french', summary_fr), 'B')
    || setweight(to_tsvector('english', summary_en), 'C') || setweight(to_tsvector('simple', coalesce(commune, '')), 'C')
  ) stored,
  constraint organisations_pkey primary key (territory_id, id),
  constraint organisations_slug_key unique (territory_id, slug),
  constraint organisations_siren_key unique (territory_id, siren),
  constraint organisations_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
  constraint organisations_name_length check (length(name) between 1 and 160),
  constraint organisations_siren_form check (siren ~ '^[0-9]{9}$'),
  constraint organisations_naf_section check (naf_section ~ '^[A-U]$'),
  constraint organisations_employees check (employees >= 0),
  constraint organisations_summary_length check (length(summary_fr) <= 2000 and length(summary_en) <= 2000)
);
create index organisations_by_name on organisations (territory_id, name, id);
create index organisations_search on organisations using gin (search_text);

create table organisation_parts (
  territory_id    uuid not null,
  organisation_id uuid not null,
  part            text not null,
  constraint organisation_parts_pkey primary key (territory_id, organisation_id, part),
  constraint organisation_parts_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id) on delete cascade,
  constraint organisation_parts_known check (part in ('startup', 'company-partner', 'public-body', 'research', 'investor', 'media', 'support-structure'))
);
create index organisation_parts_by_part on organisation_parts (territory_id, part, organisation_id);

create table themes (
  territory_id uuid not null references territories (id),
  code         text not null,
  label_fr     text not null,
  label_en     text not null,
  constraint themes_pkey primary key (territory_id, code),
  constraint themes_code_form check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(code) <= 60)
);

create table organisation_themes (
  territory_id    uuid not null,
  organisation_id uuid not null,
  theme_code      text not null,
  constraint organisation_themes_pkey primary key (territory_id, organisation_id, theme_code),
  constraint organisation_themes_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id) on delete cascade,
  constraint organisation_themes_theme foreign key (territory_id, theme_code) references themes (territory_id, code)
);
create index organisation_themes_by_theme on organisation_themes (territory_id, theme_code, organisation_id);

-- A declared tie between two organisations that keeps them apart in a plan (competitor, shareholder, supplier).
create table organisation_conflicts (
  territory_id    uuid not null,
  organisation_id uuid not null,
  other_id        uuid not null,
  tie             text not null,
  declared_by     uuid,
  declared_at     timestamptz not null,
  constraint organisation_conflicts_pkey primary key (territory_id, organisation_id, other_id),
  constraint organisation_conflicts_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint organisation_conflicts_other foreign key (territory_id, other_id) references organisations (territory_id, id),
  constraint organisation_conflicts_declared_by foreign key (territory_id, declared_by) references people (territory_id, id),
  constraint organisation_conflicts_ordered check (organisation_id < other_id),
  constraint organisation_conflicts_tie check (tie in ('competitor', 'shareholder', 'supplier', 'other'))
);

create table memberships (
  territory_id    uuid not null,
  person_id       uuid not null,
  organisation_id uuid not null,
  role            text not null,
  since           date not null,
  constraint memberships_pkey primary key (territory_id, person_id, organisation_id),
  constraint memberships_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint memberships_organisation foreign key (territory_id, organisation_id) references organisations (territory_id, id),
  constraint memberships_role check (role in ('manager', 'member'))
);
create index memberships_by_organisation on memberships (territory_id, organisation_id, person_id);

create table role_grants (
  territory_id uuid not null,
  person_id    uuid not null,
  role         text not null,
  granted_by   uuid,
  granted_at   timestamptz not null,
  constraint role_grants_pkey primary key (territory_id, person_id, role),
  constraint role_grants_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint role_grants_granted_by foreign key (territory_id, granted_by) references people (territory_id, id),
  constraint role_grants_role check (role in ('administrator', 'programme-team', 'expert', 'funder', 'committee-member'))
);

-- Facts after commit: appended in the transaction that made them true, read by pages and listeners.
create table events (
  territory_id uuid not null references territories (id),
  id           uuid not null,
  kind         text not null,
  version      integer not null default 1,
  subject_id   uuid not null,
  person_id    uuid,
  occurred_at  timestamptz not null,
  payload      jsonb not null default '{}',
  constraint events_pkey primary key (territory_id, id),
  constraint events_person foreign key (territory_id, person_id) references people (territory_id, id),
  constraint events_kind_form check (kind ~ '^[a-z]+(-[a-z]+)*$')
);
create index events_newest on events (territory_id, occurred_at desc, id);
create index events_by_subject on events (territory_id, subject_id, occurred_at);

-- What a form's key already did: a double click or a retry finds the first answer instead of acting twice.
create table form_submissions (
  territory_id uuid not null references territories (id),
  key          uuid not null,
  person_id    uuid,
  location     text not null,
  created_at   timestamptz not null,
  constraint form_submissions_pkey primary key (territory_id, key)
);

alter table people enable row level security;
alter table people force row level security;
create policy people_territory on people using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table organisations enable row level security;
alter table organisations force row level security;
create policy organisations_territory on organisations using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table organisation_parts enable row level security;
alter table organisation_parts force row level security;
create policy organisation_parts_territory on organisation_parts using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table themes enable row level security;
alter table themes force row level security;
create policy themes_territory on themes using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table organisation_themes enable row level security;
alter table organisation_themes force row level security;
create policy organisation_themes_territory on organisation_themes using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table organisation_conflicts enable row level security;
alter table organisation_conflicts force row level security;
create policy organisation_conflicts_territory on organisation_conflicts using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table memberships enable row level security;
alter table memberships force row level security;
create policy memberships_territory on memberships using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table role_grants enable row level security;
alter table role_grants force row level security;
create policy role_grants_territory on role_grants using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table events enable row level security;
alter table events force row level security;
create policy events_territory on events using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);
alter table form_submissions enable row level security;
alter table form_submissions force row level security;
create policy form_submissions_territory on form_submissions using (territory_id = current_setting('app.territory')::uuid) with check (territory_id = current_setting('app.territory')::uuid);

grant select, insert, update on people, organisations to terreau_app;
grant select, insert, update, delete on organisation_parts, organisation_themes, themes, organisation_conflicts, memberships, role_grants to terreau_app;
grant select, insert on events to terreau_app;
grant select, insert, update, delete on form_submissions to terreau_app;
